import { fromData, type Tensor } from "@pointwise/tensor";
import { elementTypes, readElements } from "../elements/element-types.ts";
import { quote, type Refuse, refusing } from "../refuse.ts";
import { headerLength, parseHeader, prefixBytes, type SafetensorsEntry } from "./header.ts";

/** Named tensors, and texts beside them. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file that is in memory. The names are those of the program that wrote it: PyTorch's for a model of PyTorch.
 *
 * F32, F64, I32 and BOOL keep their types. F16 and BF16 become float32, exactly. The other integers become int32; one that does
 * not fit is refused.
 * @see https://huggingface.co/docs/safetensors/index#format
 * @param file its name, for errors
 * @throws FormatError that says what is wrong with the file
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const refuse = refusing(file, "safetensors");
  const length = headerLength(bytes.subarray(0, prefixBytes), bytes.length, refuse);
  const header = parseHeader(bytes.subarray(prefixBytes, prefixBytes + length), bytes.length, refuse);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of header.entries) {
    tensors.set(name, decodeEntry(name, entry, bytes.subarray(entry.start, entry.end), refuse));
  }
  return { tensors, metadata: header.metadata };
}

/** @param bytes the values alone */
export function decodeEntry(name: string, entry: SafetensorsEntry, bytes: Uint8Array, refuse: Refuse): Tensor {
  const { type, shape, dtype } = entry;
  const values = readElements(elementTypes[type], bytes, (what, cure) => refuse(`${quote(name)}: ${what}`, cure));
  return fromData(values, shape, dtype);
}
