import { ShapeError } from "../errors.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

/**
 * Without the given dimension, which must have size 1, or without all dimensions of size 1.
 * @see https://pytorch.org/docs/stable/generated/torch.squeeze.html
 * @throws ShapeError if the given dimension has another size (PyTorch would return x unchanged, and hide the mistake).
 */
export function squeeze(x: Tensor, dim?: number): Tensor {
  if (dim === undefined) {
    return reshape(
      x,
      x.shape.filter((d) => d !== 1),
    );
  }
  const at = normalizeDim(dim, x.rank, "squeeze");
  if (x.shape[at] !== 1) {
    throw new ShapeError(
      `squeeze: dimension ${dim} of ${formatShape(x.shape)} has size ${x.shape[at]}; only size 1 can go.`,
    );
  }
  return reshape(x, x.shape.toSpliced(at, 1));
}
