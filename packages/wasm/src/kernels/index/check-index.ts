import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";

/** Which of a program's checks it is, told to `refuseIndex`, which throws. */
export interface IndexCheck {
  readonly id: number;
  /** Indices are 0 to size − 1. */
  readonly size: number;
}

/** Refuses an index out of range. `position` pushes where in its tensor it is. */
export function checkIndex(
  { module }: KernelContext,
  f: FunctionBuilder,
  { id, size }: IndexCheck,
  index: Local<"i32">,
  position: () => I32,
): void {
  const { get, i32 } = f;
  // Unsigned, negative numbers are too large.
  f.if(i32.geU(get(index), i32.const(size)), () => f.call(module.imports.refuseIndex, i32.const(id), position()));
}
