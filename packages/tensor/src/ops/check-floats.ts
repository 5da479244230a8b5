import { type DType, isFloat, type TensorType } from "../dtype.ts";
import { DTypeError } from "../errors.ts";

/** The dtype of x. @throws DTypeError unless x is of floats. */
export function checkFloats(who: string, x: TensorType): DType {
  if (!isFloat(x.dtype)) {
    throw new DTypeError(`${who}: takes float32 or float64, but got ${x.dtype}. Use cast(x, "float32").`);
  }
  return x.dtype;
}
