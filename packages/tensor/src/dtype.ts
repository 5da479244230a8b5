import type { Shape } from "./shape.ts";

export type DType = "float32" | "float64" | "int32" | "bool";
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** What is known of a tensor before it has values. */
export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;
const order: readonly DType[] = ["bool", "int32", "float32", "float64"];

export const dtypes: readonly DType[] = order;

export const bytesPerElement = (dtype: DType): number => arrays[dtype].BYTES_PER_ELEMENT;

export const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

export function allocate(dtype: DType, length: number): TypedArray {
  return new arrays[dtype](length);
}

export function viewBuffer(dtype: DType, buffer: ArrayBufferLike, byteOffset: number, length: number): TypedArray {
  // The typed arrays' own types do not admit that a shared buffer serves as well.
  return new arrays[dtype](buffer as ArrayBuffer, byteOffset, length);
}

/** A copy. The typed arrays' own `slice` takes twice as long for few values. */
export function copyValues(dtype: DType, values: TypedArray): TypedArray {
  return new arrays[dtype](values);
}

const wider = (a: DType, b: DType): DType => (order.indexOf(a) >= order.indexOf(b) ? a : b);

const category = (dtype: DType): number => (isFloat(dtype) ? 2 : dtype === "int32" ? 1 : 0);

/**
 * The dtype of a result computed from several tensors. As in PyTorch, a 0-d tensor does not widen a tensor that has
 * dimensions, unless its category (bool < int < float) is higher.
 * @see https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc
 */
export function promoteTypes(...inputs: readonly TensorType[]): DType {
  let wide: DType | undefined;
  let scalar: DType = "bool";
  for (let i = 0; i < inputs.length; i++) {
    const { shape, dtype } = inputs[i]!;
    if (shape.length > 0) wide = wider(wide ?? "bool", dtype);
    else scalar = wider(scalar, dtype);
  }
  return wide === undefined || category(scalar) > category(wide) ? scalar : wide;
}

/** As {@link promoteTypes}, but integers and booleans become float32: for division, exp and the like. */
export function promoteToFloat(...inputs: readonly TensorType[]): DType {
  const dtype = promoteTypes(...inputs);
  return isFloat(dtype) ? dtype : "float32";
}
