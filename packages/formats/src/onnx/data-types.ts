import type { DType } from "@pointwise/tensor";

/** TensorProto.DataType of each dtype, and of int64, which shapes and axes are given in. */
export const dataTypes: Readonly<Record<DType | "int64", number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

/** Names of the other data types, for errors. */
const names = [
  "",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
].concat(["uint32", "uint64", "complex64", "complex128", "bfloat16"]);

export const dataTypeName = (code: number | undefined): string => names[code ?? 0] || `number ${code ?? 0}`;

/** The dtype that values of a data type have here: int64 becomes int32. `undefined` for one that there is none for. */
export function dtypeOf(code: number | undefined): DType | undefined {
  switch (code) {
    case dataTypes.float32:
      return "float32";
    case dataTypes.float64:
      return "float64";
    case dataTypes.int32:
    case dataTypes.int64:
      return "int32";
    case dataTypes.bool:
      return "bool";
    default:
      return undefined;
  }
}
