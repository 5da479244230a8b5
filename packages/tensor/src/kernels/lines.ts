import { type Shape, sizeOf } from "../shape.ts";

/** For each line of `shape` along `dim`, calls `each` with where it starts, its length and the distance of its entries. */
export function forEachLine(
  shape: Shape,
  dim: number,
  each: (start: number, count: number, step: number) => void,
): void {
  const count = shape[dim]!;
  const step = sizeOf(shape.slice(dim + 1));
  const outer = sizeOf(shape.slice(0, dim));
  if (count === 0) return;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < step; i++) each(o * count * step + i, count, step);
  }
}
