import type { Callable } from "../../assembler/function-builder.ts";
import type { I32 } from "../../assembler/value-types.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";

const type = {
  params: [
    "i32", // the picture: the first window's place
    "i32", // the table of taps: how far each lies beyond the picture, in bytes
    "i32", // the table of steps: how far it is from each window to the next, in bytes
    "i32", // that table's end
    "i32", // packed gradients of maps [windows, 4·vectors]
    "i32", // the sums [taps, ...], to which is added
    "i32", // from one tap's sums to the next, in bytes
  ],
} as const;

export interface WeightGradTile {
  readonly taps: number;
  /** Of four maps. */
  readonly vectors: number;
  /** Windows in a row. */
  readonly columns: number;
}

/** For so many taps, their pixel in each window times the window's gradient of each map, summed over all windows. */
export function weightGradKernel(
  context: KernelContext,
  { taps, vectors, columns }: WeightGradTile,
): Callable<typeof type.params> {
  const key = `weight gradient ${[taps, vectors, columns]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [picture, tapTable, steps, end, gradients, sums, sumStride] = f.args;
    const acc = Array.from({ length: taps }, () => f.localArray("v128", vectors));
    const ofMaps = f.localArray("v128", vectors);
    const pixel = f.local("v128");
    const places = f.localArray("i32", taps);
    const [step, ofTap] = [f.local("i32"), f.local("i32")];
    places.forEach((place, i) => {
      set(place, i32.add(get(picture), i32.load(get(tapTable), 4 * i)));
    });
    set(ofTap, get(sums));
    acc.forEach((row, i) => {
      if (i > 0) set(ofTap, i32.add(get(ofTap), get(sumStride)));
      row.forEach((sum, j) => {
        set(sum, v128.load(get(ofTap), 16 * j));
      });
    });
    const window = () => {
      ofMaps.forEach((vector, j) => {
        set(vector, v128.load(get(gradients), 16 * j));
      });
      acc.forEach((row, i) => {
        set(pixel, v128.load32Splat(get(places[i]!)));
        row.forEach((sum, j) => {
          multiplyAdd(context, f, sum, pixel, ofMaps[j]!);
        });
      });
      f.increment(gradients, 16 * vectors);
    };
    const move = (by: () => I32) => {
      for (const place of places) set(place, i32.add(get(place), by()));
    };
    if (context.engine.relaxedMadd) {
      // One loop: with one of columns in one of rows, V8 of Node 20 would keep fused sums in memory.
      f.whileBelow(steps, end, () => {
        set(step, i32.load(get(steps)));
        window();
        move(() => get(step));
        f.increment(steps, 4);
      });
    } else {
      // A step for each window from memory would cost a tenth here: only the last of a row is read.
      const rowEnd = f.local("i32");
      f.whileBelow(steps, end, () => {
        set(rowEnd, i32.add(get(gradients), i32.const(16 * vectors * columns)));
        f.whileBelow(gradients, rowEnd, () => {
          window();
          move(() => i32.const(4));
        });
        set(step, i32.sub(i32.load(get(steps), 4 * (columns - 1)), i32.const(4)));
        move(() => get(step));
        f.increment(steps, 4 * columns);
      });
    }
    acc.forEach((row, i) => {
      if (i > 0) set(sums, i32.add(get(sums), get(sumStride)));
      row.forEach((sum, j) => {
        v128.store(get(sums), get(sum), 16 * j);
      });
    });
    return f;
  });
}
