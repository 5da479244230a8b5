import type { Tensor } from "../tensor.ts";
import { argExtreme, argExtremeOp } from "./arg-extreme.ts";
import type { ReduceOptions } from "./drop-dims.ts";

export const argminOp = argExtremeOp("argmin", -1);

/**
 * The index, int32, of the first smallest value along a dimension, or in the flattened tensor; a NaN counts as smallest.
 * @see https://pytorch.org/docs/stable/generated/torch.argmin.html
 * @throws ShapeError if the dimension is empty.
 */
export function argmin(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  return argExtreme(argminOp, x, dim, options);
}
