import type { Tensor } from "../tensor.ts";
import { argExtreme, argExtremeOp } from "./arg-extreme.ts";
import type { ReduceOptions } from "./drop-dims.ts";

export const argmaxOp = argExtremeOp("argmax", 1);

/**
 * The index, int32, of the first largest value along a dimension, or in the flattened tensor; a NaN counts as largest.
 * @see https://pytorch.org/docs/stable/generated/torch.argmax.html
 * @throws ShapeError if the dimension is empty.
 */
export function argmax(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  return argExtreme(argmaxOp, x, dim, options);
}
