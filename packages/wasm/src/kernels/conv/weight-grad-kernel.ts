import type { Callable } from "../../assembler/function-builder.ts";
import { type KernelContext, multiplyAdd } from "../kernel-context.ts";

const type = {
  params: [
    "i32", // the picture: the first window's place
    "i32", // the table of taps: how far each lies beyond the picture, in bytes
    "i32", // packed gradients of maps [rows, columns, 4·vectors]
    "i32", // the sums [taps, ...], to which is added
    "i32", // from one tap's sums to the next, in bytes
    "i32", // rows of a map
    "i32", // the length of a map's row, in bytes
    "i32", // from the end of a picture's row to the start of the next, in bytes
  ],
} as const;

/** For so many taps, their pixel in each window times the window's gradient of each map, summed over all windows. One function serves all sizes. */
export function weightGradKernel(context: KernelContext, taps: number, vectors: number): Callable<typeof type.params> {
  const key = `weight gradient ${[taps, vectors]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128, f32x4 } = f;
    const [picture, table, gradients, sums, sumStride, rows, rowBytes, skip] = f.args;
    const acc = Array.from({ length: taps }, () => f.localArray("v128", vectors));
    const ofMaps = f.localArray("v128", vectors);
    const pixel = f.local("v128");
    const places = f.localArray("i32", taps);
    const end = f.local("i32");
    places.forEach((place, i) => {
      set(place, i32.add(get(picture), i32.load(get(table), 4 * i)));
    });
    f.loop((nextRow) => {
      set(end, i32.add(get(places[0]!), get(rowBytes)));
      f.block((exit) => {
        f.loop((again) => {
          f.branchIf(exit, i32.geU(get(places[0]!), get(end)));
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
          for (const place of places) f.increment(place, 4);
          f.branch(again);
        });
      });
      for (const place of places) set(place, i32.add(get(place), get(skip)));
      f.increment(rows, -1);
      f.branchIf(nextRow, get(rows));
    });
    acc.forEach((row, i) => {
      if (i > 0) set(sums, i32.add(get(sums), get(sumStride)));
      row.forEach((sum, j) => {
        set(sum, f32x4.add(v128.load(get(sums), 16 * j), get(sum)));
      });
      row.forEach((sum, j) => {
        v128.store(get(sums), get(sum), 16 * j);
      });
    });
    return f;
  });
}
