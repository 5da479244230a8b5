import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { I32, Local } from "../assembler/value-types.ts";

/** Stores the first `lanes` (1 to 4) of four values of 32 bits, and nothing beyond them. `address` pushes the address. */
export function storeLanes(
  { v128, get }: FunctionBuilder,
  address: () => I32,
  value: Local<"v128">,
  offset: number,
  lanes: number,
): void {
  if (lanes >= 4) v128.store(address(), get(value), offset);
  if (lanes === 2 || lanes === 3) v128.store64Lane(address(), get(value), offset, 0);
  if (lanes === 1) v128.store32Lane(address(), get(value), offset, 0);
  if (lanes === 3) v128.store32Lane(address(), get(value), offset + 8, 2);
}
