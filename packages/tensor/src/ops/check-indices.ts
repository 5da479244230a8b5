import type { DType, TensorType } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import type { Buffer } from "../op.ts";

/** @throws DTypeError unless the indices are int32. */
export function checkIndexType(who: string, index: TensorType): void {
  const wanted: DType = "int32";
  if (index.dtype !== wanted) {
    throw new DTypeError(`${who}: indices must be int32, but are ${index.dtype}. Use cast(indices, "int32").`);
  }
}

/** @throws ShapeError that names the first index that is not in 0 … size − 1. */
export function checkIndices(who: string, what: string, { data }: Buffer, size: number): void {
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < 0 || data[i]! >= size) {
      throw new ShapeError(`${who}: ${what} ${data[i]} at position ${i} is out of range: it must be 0 to ${size - 1}.`);
    }
  }
}
