import { type DType, type Tensor, type TypedArray, UsageError } from "@pointwise/tensor";
import { type ElementName, elementTypes } from "../elements/element-types.ts";
import { bfloat16, float16, toHalfs } from "../elements/half-floats.ts";
import { quote } from "../refuse.ts";
import { longestHeader, metadataKey, prefixBytes } from "./header.ts";

export interface EncodeSafetensorsOptions {
  /**
   * Writes float32 and float64 in half as many bits, or fewer: each value is rounded once to the nearest, ties to even. F16 has
   * 11 significant bits, and what is above 65,504 becomes infinity; BF16 has 8, and the range of float32.
   */
  readonly floats?: "F16" | "BF16";
  /** Writes int32 as 64-bit integers, which PyTorch demands of indices and class labels. */
  readonly ints?: "I64";
}

/** In the order in which the safetensors library lays tensors out: wide elements first, so that all are aligned. */
const widestFirst: readonly ElementName[] = ["I64", "F64", "F32", "I32", "BF16", "F16", "BOOL"];

/**
 * Writes a safetensors file, to the byte as the safetensors library of PyTorch does. A model's state dict loads in PyTorch under
 * the names that it has.
 *
 * ```ts
 * const bytes = encodeSafetensors({ tensors: model.stateDict() });
 * ```
 * @see https://huggingface.co/docs/safetensors/index#format
 * @throws UsageError for a name that the format does not admit
 */
export function encodeSafetensors(
  {
    tensors,
    metadata,
  }: { readonly tensors: ReadonlyMap<string, Tensor>; readonly metadata?: Readonly<Record<string, string>> },
  options: EncodeSafetensorsOptions = {},
): Uint8Array<ArrayBuffer> {
  const typed = [...tensors].map(([name, tensor]) => ({
    name: checkName(name),
    tensor,
    type: typeFor(tensor.dtype, options),
  }));
  typed.sort((a, b) => widestFirst.indexOf(a.type) - widestFirst.indexOf(b.type) || (a.name < b.name ? -1 : 1));

  const header = metadata ? [jsonEntry(metadataKey, checkMetadata(metadata))] : [];
  let end = 0;
  for (const { name, tensor, type } of typed) {
    const start = end;
    end += tensor.size * elementTypes[type].bytes;
    header.push(jsonEntry(name, { dtype: type, shape: tensor.shape, data_offsets: [start, end] }));
  }
  const json = new TextEncoder().encode(`{${header.join(",")}}`);
  const dataStart = prefixBytes + Math.ceil(json.length / 8) * 8;
  if (dataStart - prefixBytes > longestHeader) {
    throw new UsageError(
      `encodeSafetensors: the names, shapes and metadata take ${json.length} bytes, more than the format's 100 MB.`,
    );
  }
  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - prefixBytes), true);
  bytes.fill(0x20, prefixBytes, dataStart); // the header is padded with spaces
  bytes.set(json, prefixBytes);
  let at = dataStart;
  for (const { tensor, type } of typed) {
    const values = valuesAs(tensor, type);
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

function typeFor(dtype: DType, { floats, ints }: EncodeSafetensorsOptions): ElementName {
  if (dtype === "bool") return "BOOL";
  if (dtype === "int32") return ints ?? "I32";
  return floats ?? (dtype === "float32" ? "F32" : "F64");
}

function valuesAs({ data }: Tensor, type: ElementName): ArrayBufferView {
  if (type === "F16") return toHalfs(data, float16);
  if (type === "BF16") return toHalfs(data, bfloat16);
  if (type === "I64") return widened(data);
  return data;
}

/** 64-bit integers: the value, and its sign as the upper half. */
function widened(values: TypedArray): Int32Array {
  const halves = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    halves[2 * i] = values[i]!;
    halves[2 * i + 1] = values[i]! >> 31;
  }
  return halves;
}

/** Written by hand: as a property of an object, `__proto__` would be lost, and numbers would change their order. */
const jsonEntry = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;

function checkName(name: string): string {
  if (name === metadataKey) {
    throw new UsageError(
      `encodeSafetensors: no tensor can have the name ${metadataKey}: it is where the format keeps texts.`,
    );
  }
  return checkText(name, "a tensor's name");
}

function checkMetadata(metadata: Readonly<Record<string, unknown>>): object {
  for (const [key, text] of Object.entries(metadata)) {
    checkText(key, "a key of the metadata");
    if (typeof text !== "string") {
      throw new UsageError(
        `encodeSafetensors: metadata are texts, but ${quote(key)} is a ${typeof text}. Use String() or JSON.stringify.`,
      );
    }
    checkText(text, `the metadata's ${quote(key)}`);
  }
  return metadata;
}

function checkText(text: string, what: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new UsageError(`encodeSafetensors: ${what} has half a character in it (a lone surrogate): ${quote(text)}.`);
  }
  return text;
}
