import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute } from "../address.ts";

/** Copies a whole buffer, unless both are the same. */
export function copyWhole(f: FunctionBuilder, from: Address, to: Address, bytes: number): void {
  if (from.base === to.base && from.offset === to.offset) return;
  f.memoryCopy(absolute(f, to), absolute(f, from), f.i32.const(bytes));
}
