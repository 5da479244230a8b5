import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { type PoolSpec, type WindowRun, windowRuns } from "./windows.ts";

/** Where a row of windows begins, in bytes from the first entry of all maps, and from the first entry of its map. */
export interface RowOfWindows {
  readonly input: Local<"i32">;
  readonly inMap: Local<"i32">;
  readonly output: Local<"i32">;
}

/** Writes the loops over the maps of a picture and the rows of their windows, and moves the places along. */
export function forEachRowOfWindows(
  f: FunctionBuilder,
  { channels, height, width, rows, columns }: PoolSpec,
  divisors: ArrayLike<number> | undefined,
  body: (place: RowOfWindows, run: WindowRun) => void,
): void {
  const { get, set, i32 } = f;
  const [map, input, inMap, output] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
  const runs = windowRuns(rows, divisors);
  f.repeat(channels, () => {
    for (const run of runs) {
      set(inMap, i32.const(run.start * width * 4));
      set(input, i32.add(get(map), get(inMap)));
      f.repeat(run.count, () => {
        body({ input, inMap, output }, run);
        f.increment(inMap, run.stride * width * 4);
        f.increment(input, run.stride * width * 4);
        f.increment(output, columns.start.length * 4);
      });
    }
    f.increment(map, height * width * 4);
  });
}
