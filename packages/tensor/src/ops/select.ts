import { ShapeError } from "../errors.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { narrow } from "./narrow.ts";
import { squeeze } from "./squeeze.ts";

/**
 * The part of x at one index of a dimension, without that dimension: `select(x, 0, 3)` is NumPy's `x[3]`.
 * @see https://pytorch.org/docs/stable/generated/torch.select.html
 * @throws ShapeError if the index is out of range.
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  const at = normalizeDim(dim, x.rank, "select");
  const size = x.shape[at]!;
  if (!Number.isInteger(index) || index < -size || index >= size) {
    throw new ShapeError(`select: no index ${index} in dimension ${dim}, which has size ${size}.`);
  }
  return squeeze(narrow(x, at, index < 0 ? index + size : index, 1), at);
}
