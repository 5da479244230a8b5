import { ShapeError } from "../errors.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { narrow } from "./narrow.ts";

/**
 * x cut along a dimension into parts of the given sizes, or of one size (the last part may be smaller).
 * @see https://pytorch.org/docs/stable/generated/torch.split.html
 * @throws ShapeError if the sizes do not add up to the dimension's.
 */
export function split(x: Tensor, sizes: number | readonly number[], dim = 0): Tensor[] {
  const at = normalizeDim(dim, x.rank, "split");
  const total = x.shape[at]!;
  const parts = typeof sizes === "number" ? equalParts(total, sizes) : sizes;
  if (parts.reduce((sum, part) => sum + part, 0) !== total) {
    throw new ShapeError(
      `split: the sizes ${formatShape(parts)} do not add up to ${total}, the size of dimension ${dim}.`,
    );
  }
  let start = 0;
  return parts.map((part) => {
    const piece = narrow(x, at, start, part);
    start += part;
    return piece;
  });
}

function equalParts(total: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 1)
    throw new ShapeError(`split: the size must be a whole number ≥ 1, but is ${size}.`);
  return Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, i) => Math.min(size, total - i * size));
}
