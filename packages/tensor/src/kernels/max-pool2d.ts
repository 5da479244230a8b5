import type { TypedArray } from "../dtype.ts";
import type { Buffer } from "../op.ts";
import type { PoolWindows } from "./pool-windows.ts";

/** The maximum of each window, for every map of x [N, C, H, W]. */
export function maxPool2dKernel(out: Buffer, rows: PoolWindows, columns: PoolWindows, x: Buffer): void {
  forEachMap(out, rows, columns, x, (places, map, pooled) => {
    for (let i = 0; i < places.length; i++) out.data[pooled + i] = x.data[map + places[i]!]!;
  });
}

/** Where in its map the maximum of each window is. */
export function maxPool2dIndicesKernel(out: Buffer, rows: PoolWindows, columns: PoolWindows, x: Buffer): void {
  forEachMap(out, rows, columns, x, (places, _, pooled) => out.data.set(places, pooled));
}

/** The gradient of each window's maximum, added up at the places where the maxima are. */
export function maxPool2dGradKernel(
  out: Buffer,
  rows: PoolWindows,
  columns: PoolWindows,
  grad: Buffer,
  x: Buffer,
): void {
  forEachMap(grad, rows, columns, x, (places, map, pooled) => {
    for (let i = 0; i < places.length; i++) out.data[map + places[i]!]! += grad.data[pooled + i]!;
  });
}

function forEachMap(
  pooled: Buffer,
  rows: PoolWindows,
  columns: PoolWindows,
  x: Buffer,
  each: (places: Int32Array, mapStart: number, pooledStart: number) => void,
): void {
  const [n, channels, height, width] = x.shape as [number, number, number, number];
  const places = new Int32Array(pooled.shape[2]! * pooled.shape[3]!);
  for (let map = 0; map < n * channels; map++) {
    const start = map * height * width;
    findMaxima(places, x.data, start, width, rows, columns);
    each(places, start, map * places.length);
  }
}

/** The first of equal maxima counts, and of NaNs, which are larger than everything, the last: both as in PyTorch. */
function findMaxima(
  places: Int32Array,
  data: TypedArray,
  map: number,
  width: number,
  rows: PoolWindows,
  columns: PoolWindows,
): void {
  let i = 0;
  for (let r = 0; r < rows.start.length; r++) {
    const [top, bottom] = [rows.start[r]!, rows.end[r]!];
    for (let c = 0; c < columns.start.length; c++) {
      const [left, right] = [columns.start[c]!, columns.end[c]!];
      let place = top * width + left;
      let largest = data[map + place]!;
      for (let y = top; y < bottom; y += rows.step) {
        for (let x = left, p = y * width + left; x < right; x += columns.step, p += columns.step) {
          const value = data[map + p]!;
          const larger = +(value > largest) | +Number.isNaN(value);
          place += larger * (p - place); // a branch would be mispredicted every second time
          largest = data[map + place]!;
        }
      }
      places[i++] = place;
    }
  }
}
