import { ShapeError } from "../errors.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Range, slice } from "./slice.ts";

/**
 * `length` entries of a dimension from `start` on.
 * @see https://pytorch.org/docs/stable/generated/torch.narrow.html
 * @throws ShapeError if the part does not lie inside the dimension.
 */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  const at = normalizeDim(dim, x.rank, "narrow");
  if (
    !Number.isInteger(start) ||
    !Number.isInteger(length) ||
    start < 0 ||
    length < 0 ||
    start + length > x.shape[at]!
  ) {
    throw new ShapeError(
      `narrow: ${length} entries from ${start} on do not lie in dimension ${dim} of ${formatShape(x.shape)}.`,
    );
  }
  const ranges: Range[] = x.shape.map((_, i) => (i === at ? [start, start + length] : null));
  return slice(x, ...ranges);
}
