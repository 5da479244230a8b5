import type { Buffer } from "../op.ts";
import type { PoolWindows } from "./pool-windows.ts";

/** Per window, in the order of the output: its sizes multiplied. */
export function windowAreas(rows: ArrayLike<number>, columns: ArrayLike<number>): Float64Array {
  const areas = new Float64Array(rows.length * columns.length);
  for (let r = 0, i = 0; r < rows.length; r++) {
    for (let c = 0; c < columns.length; c++) areas[i++] = rows[r]! * columns[c]!;
  }
  return areas;
}

export const windowSizes = ({ start, end }: PoolWindows): Int32Array => end.map((e, i) => e - start[i]!);

/** The sum of each window divided by its entry in `divisors`, for every map of x [N, C, H, W]. */
export function avgPool2dKernel(
  out: Buffer,
  rows: PoolWindows,
  columns: PoolWindows,
  divisors: Float64Array,
  x: Buffer,
): void {
  const [n, channels, height, width] = x.shape as [number, number, number, number];
  for (let map = 0, to = 0; map < n * channels; map++) {
    const from = map * height * width;
    for (let r = 0, i = 0; r < rows.start.length; r++) {
      for (let c = 0; c < columns.start.length; c++) {
        let sum = 0;
        for (let y = rows.start[r]!; y < rows.end[r]!; y++) {
          const row = from + y * width;
          for (let p = row + columns.start[c]!; p < row + columns.end[c]!; p++) sum += x.data[p]!;
        }
        out.data[to++] = sum / divisors[i++]!;
      }
    }
  }
}

/** Each window's share of its gradient, added up at every entry that the window reads. */
export function avgPool2dGradKernel(
  out: Buffer,
  rows: PoolWindows,
  columns: PoolWindows,
  divisors: Float64Array,
  grad: Buffer,
): void {
  const [n, channels, height, width] = out.shape as [number, number, number, number];
  const sums = new Float64Array(height * width);
  for (let map = 0, from = 0; map < n * channels; map++) {
    sums.fill(0);
    for (let r = 0, i = 0; r < rows.start.length; r++) {
      for (let c = 0; c < columns.start.length; c++) {
        const share = grad.data[from++]! / divisors[i++]!;
        for (let y = rows.start[r]!; y < rows.end[r]!; y++) {
          for (let p = y * width + columns.start[c]!; p < y * width + columns.end[c]!; p++) sums[p]! += share;
        }
      }
    }
    out.data.set(sums, map * sums.length);
  }
}
