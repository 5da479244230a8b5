import type { Tensor } from "@pointwise/tensor";
import type { Refuse } from "../../refuse.ts";
import type { attributeProto } from "../messages.ts";
import type { Read } from "../protobuf.ts";
import { readTensor } from "../tensor-proto.ts";

/** An attribute of a node, without the file's memory. */
export interface Attribute {
  readonly type: number | undefined;
  readonly f: number | undefined;
  readonly i: number | undefined;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly text: string | undefined;
  readonly tensor: Tensor | undefined;
}

/** By name. @throws FormatError for two of one name, or a tensor that cannot be read. */
export function readAttributes(
  attributes: readonly Read<typeof attributeProto>[],
  refuse: Refuse,
): ReadonlyMap<string, Attribute> {
  const byName = new Map(attributes.map((a) => [a.name ?? "", readAttribute(a, refuse)]));
  if (byName.size < attributes.length) refuse("has two attributes of one name");
  return byName;
}

function readAttribute({ type, f, i, s, t, floats, ints }: Read<typeof attributeProto>, refuse: Refuse): Attribute {
  const text = s && new TextDecoder().decode(s);
  return { type, f, i, floats, ints, text, tensor: t && readTensor(t, refuse) };
}
