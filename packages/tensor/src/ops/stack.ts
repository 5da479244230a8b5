import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { unsqueeze } from "./unsqueeze.ts";

/**
 * Tensors of one shape joined along a new dimension.
 * @see https://pytorch.org/docs/stable/generated/torch.stack.html
 * @throws ShapeError if the shapes differ.
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  const at = tensors[0] && dim < 0 ? dim + tensors[0].rank + 1 : dim;
  return concat(
    tensors.map((x) => unsqueeze(x, at)),
    at,
  );
}
