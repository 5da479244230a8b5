import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local } from "../assembler/value-types.ts";

/** Sets the first `lanes` lanes to values of 32 bits that are `stride` values apart; the others are undefined. */
export function loadStridedLanes(
  { get, set, v128 }: FunctionBuilder,
  into: Local<"v128">,
  address: Local<"i32">,
  offset: number,
  stride: number,
  lanes: number,
): void {
  if (stride === 1) set(into, v128.load(get(address), offset));
  else if (stride === 2) {
    set(into, v128.shuffle(v128.load(get(address), offset), v128.load(get(address), offset + 16), [0, 2, 4, 6]));
  } else {
    set(into, v128.load32Zero(get(address), offset));
    for (let lane = 1; lane < lanes; lane++) {
      set(into, v128.load32Lane(get(address), get(into), offset + lane * stride * 4, lane));
    }
  }
}
