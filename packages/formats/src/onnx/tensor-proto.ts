import { bytesPerElement, type DType, formatShape, fromData, type Tensor, type TypedArray } from "@pointwise/tensor";
import { quote, type Refuse } from "../refuse.ts";
import { dataTypeName, dataTypes, dtypeOf } from "./data-types.ts";
import type { tensorProto } from "./messages.ts";
import type { Read, Write } from "./protobuf.ts";

type TensorProto = Read<typeof tensorProto>;

/** A tensor to be written: its values are always bytes. */
export type TensorMessage = Write<typeof tensorProto> & { readonly rawData: Uint8Array };

/** More dimensions than any tensor needs; each op does work for every dimension. */
export const mostDimensions = 64;

/** The values share memory with the tensor where they can. */
export function writeTensor(name: string, { shape, dtype, data }: Tensor): TensorMessage {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims: shape, dataType: dataTypes[dtype], rawData: bytes };
}

/** A vector of whole numbers; ±Infinity is the largest and smallest there is, "up to the end" of a dimension. */
export function writeInt64s(name: string, values: readonly number[]): TensorMessage {
  const wide = BigInt64Array.from(values, (v) =>
    v === Infinity ? 2n ** 63n - 1n : v === -Infinity ? -(2n ** 63n) : BigInt(v),
  );
  return { name, dims: [values.length], dataType: dataTypes.int64, rawData: new Uint8Array(wide.buffer) };
}

/**
 * The tensor, in memory of its own.
 * @throws FormatError if there are not as many values as the shape says, or they are of a type or in a place that cannot be read.
 */
export function readTensor(proto: TensorProto, file: Refuse): Tensor {
  const refuse: Refuse = (what, cure) => file(`the tensor ${quote(proto.name ?? "")} ${what}`, cure);
  const dtype = dtypeOf(proto.dataType);
  if (!dtype) {
    const type = dataTypeName(proto.dataType);
    return refuse(
      `is of ${type}, but only float32, float64, int32, int64 and bool can be read`,
      "Export the model in float32, not quantized.",
    );
  }
  if (proto.externalData.length > 0 || proto.dataLocation) {
    const cure = "Save the model as one file, in Python with onnx.save(model, path, save_as_external_data=False).";
    return refuse("has its values in another file, and only the file itself is read", cure);
  }
  const shape = proto.dims;
  if (shape.length > mostDimensions) refuse(`has ${shape.length} dimensions, more than ${mostDimensions}`);
  if (!shape.every((d) => Number.isSafeInteger(d) && d >= 0)) {
    refuse(`has the shape ${formatShape(shape)}, but dimensions are whole numbers ≥ 0`);
  }
  // Not just the product: damaged dimensions may multiply to infinity, and that with 0 to NaN.
  const count = shape.includes(0) ? 0 : shape.reduce((product, d) => product * d, 1);
  const data = proto.rawData ? fromBytes(proto, dtype, count, refuse) : fromNumbers(proto, dtype, count, refuse);
  return fromData(data, shape, dtype);
}

function fromBytes(proto: TensorProto, dtype: DType, count: number, refuse: Refuse): TypedArray {
  const raw = proto.rawData!; // the caller looked
  const width = proto.dataType === dataTypes.int64 ? 8 : bytesPerElement(dtype);
  if (raw.length !== count * width) {
    const type = dataTypeName(proto.dataType);
    refuse(`of shape ${formatShape(proto.dims)} and ${type} needs ${count * width} bytes, but has ${raw.length}`);
  }
  const { buffer } = new Uint8Array(raw); // a copy: aligned, and the file need not be kept. (A Buffer's own slice is none.)
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer);
    case "float64":
      return new Float64Array(buffer);
    case "bool":
      return new Uint8Array(buffer).map((b) => +(b !== 0));
    case "int32":
      return width === 4 ? new Int32Array(buffer) : narrow(Array.from(new BigInt64Array(buffer), Number), refuse);
  }
}

function fromNumbers(proto: TensorProto, dtype: DType, count: number, refuse: Refuse): TypedArray {
  const numbers = {
    float32: proto.floatData,
    float64: proto.doubleData,
    int32: proto.dataType === dataTypes.int64 ? proto.int64Data : proto.int32Data,
    bool: proto.int32Data,
  }[dtype];
  if (numbers.length !== count) {
    refuse(`of shape ${formatShape(proto.dims)} needs ${count} values, but has ${numbers.length}`);
  }
  switch (dtype) {
    case "float32":
      return Float32Array.from(numbers);
    case "float64":
      return Float64Array.from(numbers);
    case "bool":
      return Uint8Array.from(numbers, (b) => +(b !== 0));
    case "int32":
      return narrow(numbers, refuse);
  }
}

/** int64 in int32. The extreme values, which stand for the end of a dimension in slices, become the extremes of int32. */
export function narrow(numbers: readonly number[], refuse: Refuse): Int32Array {
  return Int32Array.from(numbers, (v) => {
    if (v === (v | 0)) return v;
    if (Math.abs(v) === 2 ** 63) return v < 0 ? -(2 ** 31) : 2 ** 31 - 1;
    return refuse(
      `holds the whole number ${v}, beyond the range of int32, in which whole numbers are kept here`,
      "Leave what needs it out of the export.",
    );
  });
}
