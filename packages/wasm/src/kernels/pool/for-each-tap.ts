import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";

/** Wider windows are a loop. */
const mostUnrolled = 8;

/**
 * Writes the code for the entries of a window along its row. `body` is given the address of one, as a local and an offset beyond it.
 * @param step from one entry to the next, in bytes
 */
export function forEachTap(
  f: FunctionBuilder,
  taps: number,
  start: Local<"i32">,
  offset: number,
  step: number,
  body: (address: Local<"i32">, offset: number) => void,
): void {
  if (taps <= mostUnrolled) {
    for (let k = 0; k < taps; k++) body(start, offset + k * step);
    return;
  }
  const address = f.local("i32");
  f.set(address, f.get(start));
  f.repeat(taps, () => {
    body(address, offset);
    f.increment(address, step);
  });
}

/** `body` as often as `times` says, a local of at least 1 that is not 0 before and is 0 afterwards. */
export function countDown(f: FunctionBuilder, times: Local<"i32">, body: () => void): void {
  f.loop((again) => {
    body();
    f.increment(times, -1);
    f.branchIf(again, f.get(times));
  });
}
