import type { DType, TypedArray } from "@pointwise/tensor";
import type { Refuse } from "../refuse.ts";
import { bfloat16, float16, fromHalfs } from "./half-floats.ts";

/** How numbers lie in a file, and what they become. */
export interface ElementType {
  readonly bytes: number;
  readonly dtype: DType;
  /**
   * @param buffer the little-endian values, for this alone: the result may lie in it.
   * @param refuse is called for a value that the dtype cannot hold.
   */
  read(buffer: ArrayBuffer, refuse: Refuse): TypedArray;
}

/** Every type that is read, by its name in safetensors. */
export const elementTypes = {
  BOOL: { bytes: 1, dtype: "bool", read: readBools },
  U8: { bytes: 1, dtype: "int32", read: (buffer) => new Int32Array(new Uint8Array(buffer)) },
  I8: { bytes: 1, dtype: "int32", read: (buffer) => new Int32Array(new Int8Array(buffer)) },
  I16: { bytes: 2, dtype: "int32", read: (buffer) => new Int32Array(new Int16Array(buffer)) },
  U16: { bytes: 2, dtype: "int32", read: (buffer) => new Int32Array(new Uint16Array(buffer)) },
  F16: { bytes: 2, dtype: "float32", read: (buffer) => fromHalfs(new Uint16Array(buffer), float16) },
  BF16: { bytes: 2, dtype: "float32", read: (buffer) => fromHalfs(new Uint16Array(buffer), bfloat16) },
  I32: { bytes: 4, dtype: "int32", read: (buffer) => new Int32Array(buffer) },
  U32: { bytes: 4, dtype: "int32", read: readUint32 },
  F32: { bytes: 4, dtype: "float32", read: (buffer) => new Float32Array(buffer) },
  F64: { bytes: 8, dtype: "float64", read: (buffer) => new Float64Array(buffer) },
  I64: { bytes: 8, dtype: "int32", read: (buffer, refuse) => readInt64(buffer, new BigInt64Array(buffer), refuse) },
  U64: { bytes: 8, dtype: "int32", read: (buffer, refuse) => readInt64(buffer, new BigUint64Array(buffer), refuse) },
} as const satisfies Record<string, ElementType>;

export type ElementName = keyof typeof elementTypes;

/** The type of that name in safetensors; `undefined` if it is not read here. */
export const elementType = (name: string): ElementType | undefined =>
  Object.hasOwn(elementTypes, name) ? elementTypes[name as ElementName] : undefined; // an own key, so one of the names

/** Bytes of a file as values. They are copied: the file's may lie at an odd address, and may be changed later. */
export const readElements = (type: ElementType, bytes: Uint8Array, refuse: Refuse): TypedArray =>
  type.read(new Uint8Array(bytes).buffer, refuse);

/** Kernels rely on it that bools are 0 and 1. */
function readBools(buffer: ArrayBuffer, refuse: Refuse): Uint8Array {
  const values = new Uint8Array(buffer);
  const wrong = values.findIndex((value) => value > 1);
  if (wrong >= 0) refuse(`its value ${wrong} is ${values[wrong]}, but bools are 0 and 1`);
  return values;
}

function readUint32(buffer: ArrayBuffer, refuse: Refuse): Int32Array {
  const values = new Int32Array(buffer);
  const wrong = values.findIndex((value) => value < 0);
  if (wrong >= 0) refuseInteger(wrong, new Uint32Array(buffer)[wrong]!, refuse);
  return values;
}

/** A 64-bit integer fits if its upper half is no more than the sign of the lower one; of unsigned ones, that sign must be +. */
function readInt64(buffer: ArrayBuffer, whole: BigInt64Array | BigUint64Array, refuse: Refuse): Int32Array {
  const halves = new Int32Array(buffer);
  const values = new Int32Array(whole.length);
  const signed = whole instanceof BigInt64Array;
  for (let i = 0; i < values.length; i++) {
    const low = halves[2 * i]!;
    if (halves[2 * i + 1] !== low >> 31 || !(signed || low >= 0)) refuseInteger(i, whole[i]!, refuse);
    values[i] = low;
  }
  return values;
}

function refuseInteger(at: number, value: number | bigint, refuse: Refuse): never {
  return refuse(
    `its value ${at} is ${value}, which does not fit int32 (−2³¹ to 2³¹ − 1), the only integers here`,
    "Save it as int32 or as float64.",
  );
}
