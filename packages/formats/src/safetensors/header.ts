import { type DType, formatShape, type Shape } from "@pointwise/tensor";
import { type ElementName, type ElementType, elementType, elementTypes } from "../elements/element-types.ts";
import { shapeBytes } from "../elements/shape-bytes.ts";
import { quote, type Refuse, writerAtFault } from "../refuse.ts";
import { JsonScanner } from "./json-scanner.ts";

/** A tensor as the header of a safetensors file announces it. */
export interface SafetensorsEntry {
  /** How the file holds its values, such as `"BF16"`. */
  readonly type: ElementName;
  /** What they are read as: float32 for F16 and BF16, int32 for all integers. */
  readonly dtype: DType;
  readonly shape: Shape;
  /** Where its values are, in bytes from the start of the file; `end` is the first byte after them. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes before the header, which give its length. */
export const prefixBytes = 8;

/** The bound of the safetensors library itself. */
export const longestHeader = 100_000_000;

/** The name under which a header has texts instead of a tensor. */
export const metadataKey = "__metadata__";

const cure = writerAtFault("the safetensors library");

/**
 * The header's length in bytes, checked against the file's before anything is allocated.
 * @param prefix the file's first 8 bytes, or all if it has fewer
 */
export function headerLength(prefix: Uint8Array, fileSize: number, refuse: Refuse): number {
  if (prefix.length < prefixBytes) {
    refuse(`it has ${prefix.length} bytes, and its first 8 should be the header's length`);
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  if (length > longestHeader || prefixBytes + Number(length) > fileSize) {
    const bound = length > longestHeader ? `, and headers are at most ${longestHeader} bytes long` : "";
    refuse(`its header should have ${length} bytes, but the whole file has ${fileSize}${bound}`);
  }
  return Number(length);
}

/**
 * Checks all that can be wrong with a header: names, types and shapes, and that the values fill the file without holes and
 * overlaps.
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export function parseHeader(bytes: Uint8Array, fileSize: number, refuse: Refuse): SafetensorsHeader {
  if (bytes[0] !== 0x7b) refuse(`its header does not begin with "{"`);
  const scanner = new JsonScanner(decodeText(bytes, refuse), refuse);
  const dataStart = prefixBytes + bytes.length;
  const entries = new Map<string, SafetensorsEntry>();
  const texts: [string, string][] = [];
  scanner.object((name) => {
    if (name === metadataKey) scanner.object((key) => texts.push([key, scanner.string()]));
    else
      entries.set(
        name,
        readEntry(scanner, dataStart, (what, advice = cure) => refuse(`${quote(name)}: ${what}`, advice)),
      );
  });
  scanner.end("the header");
  checkLayout(entries, dataStart, fileSize, refuse);
  return { entries, metadata: Object.fromEntries(texts) };
}

function decodeText(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("its header is no UTF-8 text");
  }
}

function readEntry(scanner: JsonScanner, dataStart: number, refuse: Refuse): SafetensorsEntry {
  const fields: { dtype?: string; shape?: number[]; offsets?: number[] } = {};
  scanner.object((field) => {
    if (field === "dtype") fields.dtype = scanner.string();
    else if (field === "shape") fields.shape = scanner.wholeNumbers();
    else if (field === "data_offsets") fields.offsets = scanner.wholeNumbers();
    else refuse(`it has a field ${quote(field)}, but there are only dtype, shape and data_offsets`);
  });
  const { dtype: typeName, shape, offsets } = fields;
  if (typeName === undefined || !shape || !offsets) return refuse("it lacks one of dtype, shape and data_offsets");
  const element: ElementType =
    elementType(typeName) ??
    refuse(
      `it has values of type ${quote(typeName)}, but those that are read here are ${Object.keys(elementTypes).join(", ")}`,
      "Convert it before it is saved, such as by .float() in PyTorch.",
    );
  const [start, end] = offsets;
  if (start === undefined || end === undefined || offsets.length !== 2 || start > end) {
    return refuse(`its data_offsets ${formatShape(offsets)} are no start and end`);
  }
  const bytes = shapeBytes(shape, element.bytes, refuse);
  if (bytes !== end - start) {
    refuse(`${typeName} ${formatShape(shape)} needs ${bytes} bytes, but its data_offsets give it ${end - start}`);
  }
  // `elementType` has found the name in the table.
  return { type: typeName as ElementName, dtype: element.dtype, shape, start: dataStart + start, end: dataStart + end };
}

/** One tensor follows the other, from the header to the end of the file: nothing can hide between them. */
function checkLayout(
  entries: ReadonlyMap<string, SafetensorsEntry>,
  start: number,
  fileSize: number,
  refuse: Refuse,
): void {
  const inOrder = [...entries].sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let at = start;
  for (const [name, entry] of inOrder) {
    if (entry.start !== at) {
      const fault = entry.start < at ? "overlap those before them" : "leave a hole before them";
      refuse(`the values of ${quote(name)} begin at byte ${entry.start} instead of ${at}, and ${fault}`, cure);
    }
    at = entry.end;
  }
  if (at > fileSize) refuse(`its values should end at byte ${at}, but it has ${fileSize} bytes`);
  if (at < fileSize) refuse(`its values end at byte ${at}, but it goes on to byte ${fileSize}`);
}
