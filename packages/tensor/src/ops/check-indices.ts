import type { DType, TensorType } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import type { Buffer } from "../op.ts";
import { formatShape, stridesOf } from "../shape.ts";

/** @throws DTypeError unless the indices are int32. */
export function checkIndexType(who: string, index: TensorType): void {
  if (index.dtype !== "int32") {
    throw new DTypeError(`${who}: indices must be int32, but are ${index.dtype}. Use cast(indices, "int32").`);
  }
}

/** The dtype rule of an op (x, index, …) whose result has the dtype of x. */
/* @__NO_SIDE_EFFECTS__ */
export function typeOfIndexed(who: string): (attrs: unknown, x?: TensorType, index?: TensorType) => DType {
  return (_, x, index) => {
    checkIndexType(who, index!);
    return x!.dtype;
  };
}

/** @throws ShapeError that names the first index that is not in 0 … size − 1, and where it is. */
export function checkIndices(who: string, what: string, { data, shape }: Buffer, size: number): void {
  for (let i = 0; i < data.length; i++) {
    if (data[i]! >= 0 && data[i]! < size) continue;
    const place = stridesOf(shape).map((stride, d) => Math.floor(i / stride) % shape[d]!);
    const range = size === 0 ? "there is none to choose from" : `it must be 0 to ${size - 1}, since there are ${size}`;
    throw new ShapeError(`${who}: ${what} ${data[i]} at ${formatShape(place)} is out of range: ${range}.`);
  }
}
