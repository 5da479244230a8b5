import { ShapeError, UsageError } from "../errors.ts";
import { formatShape, normalizeDim, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { unsqueeze } from "./unsqueeze.ts";

/**
 * Tensors of one shape joined along a new dimension.
 * @see https://pytorch.org/docs/stable/generated/torch.stack.html
 * @throws ShapeError if the shapes differ, UsageError without tensors.
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  const first = tensors[0];
  if (!first) throw new UsageError("stack: give at least one tensor.");
  const other = tensors.find((x) => !sameShape(x.shape, first.shape));
  if (other) {
    throw new ShapeError(
      `stack: tensors must have one shape, but there are ${formatShape(first.shape)} and ${formatShape(other.shape)}.`,
    );
  }
  const at = normalizeDim(dim, first.rank + 1, "stack");
  return concat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}
