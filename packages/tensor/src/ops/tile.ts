import { ShapeError } from "../errors.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";

/**
 * x repeated `times[i]` times along each dimension.
 * @see https://pytorch.org/docs/stable/generated/torch.tile.html
 * @throws ShapeError unless there is a whole number ≥ 1 for each dimension.
 */
export function tile(x: Tensor, times: readonly number[]): Tensor {
  if (times.length !== x.rank || !times.every((n) => Number.isInteger(n) && n >= 1)) {
    throw new ShapeError(
      `tile: ${formatShape(x.shape)} needs a number of repeats ≥ 1 for each dimension, but got ${formatShape(times)}.`,
    );
  }
  return times.reduce((tiled, n, dim) => (n === 1 ? tiled : concat(Array<Tensor>(n).fill(tiled), dim)), x);
}
