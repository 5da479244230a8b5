import type { DType } from "@pointwise/tensor";
import { dataTypes } from "../data-types.ts";
import { type attributeProto, attributeType } from "../messages.ts";
import type { Write } from "../protobuf.ts";
import type { TensorMessage } from "../tensor-proto.ts";

/** Attributes of a node: numbers are integers, unless they are said to be a float; a dtype is written as its code. */
export type Attributes = Readonly<
  Record<
    string,
    number | readonly number[] | string | { readonly float: number } | { readonly dtype: DType } | TensorMessage
  >
>;

export function writeAttributes(attributes: Attributes): Write<typeof attributeProto>[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === "number") return { name, type: attributeType.int, i: value };
    if (typeof value === "string") return { name, type: attributeType.string, s: new TextEncoder().encode(value) };
    if ("float" in value) return { name, type: attributeType.float, f: value.float };
    if ("rawData" in value) return { name, type: attributeType.tensor, t: value };
    if ("dtype" in value) return { name, type: attributeType.int, i: dataTypes[value.dtype] };
    return { name, type: attributeType.ints, ints: value };
  });
}
