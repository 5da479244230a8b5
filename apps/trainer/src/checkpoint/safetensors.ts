import {
  bytesPerElement,
  type DType,
  FormatError,
  formatShape,
  fromData,
  sizeOf,
  type Tensor,
} from "@pointwise/tensor";
import { isRecord, parseJson } from "../files/json.ts";

/** Named tensors, and texts beside them. */
export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const typeNames = { float32: "F32", float64: "F64", int32: "I32", bool: "BOOL" } as const satisfies Record<
  DType,
  string
>;
const dtypeOf = new Map<string, DType>(Object.entries(typeNames).map(([dtype, name]) => [name, dtype as DType]));
const longestHeader = 100_000_000;

/**
 * The safetensors layout: the header's length as 8 bytes (little-endian), the header as JSON, the values one after another.
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export function encodeSafetensors({ tensors, metadata }: Checkpoint): Uint8Array {
  // Wide elements first, so that every tensor starts at a multiple of its element's size.
  const sorted = [...tensors].sort(([, a], [, b]) => bytesPerElement(b.dtype) - bytesPerElement(a.dtype));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { dtype, shape, size }] of sorted) {
    const start = end;
    end += size * bytesPerElement(dtype);
    header[name] = { dtype: typeNames[dtype], shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const dataStart = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.fill(0x20, 8, dataStart); // the header may be padded with spaces
  bytes.set(json, 8);
  let at = dataStart;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** @throws FormatError that names the file and what is wrong with it */
export function decodeSafetensors(bytes: Uint8Array, file: string): Checkpoint {
  const fail = (what: string): never => {
    throw new FormatError(
      `${file} is not a whole safetensors file: ${what}. Was it cut off, or is it another kind of file?`,
    );
  };
  if (bytes.length < 8) return fail(`it has ${bytes.length} bytes, and its first 8 should be the header's length`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > longestHeader || 8 + length > bytes.length) {
    return fail(`its header should have ${length} bytes, but the whole file has ${bytes.length}`);
  }
  const header = parseJson(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  if (!isRecord(header)) return fail("its header is no JSON object");
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const { dtype, shape, start, end } = readEntry(entry) ?? fail(`the header's entry for "${name}" is malformed`);
    if (end - start !== sizeOf(shape) * bytesPerElement(dtype)) {
      return fail(`"${name}" is ${dtype} ${formatShape(shape)}, but its values take ${end - start} bytes`);
    }
    if (8 + length + end > bytes.length)
      return fail(`"${name}" should end at byte ${8 + length + end} of ${bytes.length}`);
    const values = Uint8Array.from(bytes.subarray(8 + length + start, 8 + length + end)).buffer; // a copy, which is aligned
    return [name, fromData(new arrays[dtype](values), shape, dtype)] as const;
  });
  const texts = isRecord(metadata) ? Object.entries(metadata).map(([key, text]) => [key, String(text)] as const) : [];
  return { tensors: new Map(tensors), metadata: Object.fromEntries(texts) };
}

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const;

function readEntry(entry: unknown): { dtype: DType; shape: number[]; start: number; end: number } | undefined {
  if (!isRecord(entry)) return undefined;
  const { shape, data_offsets: offsets } = entry;
  const dtype = dtypeOf.get(String(entry.dtype));
  if (!dtype || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return undefined;
  const [start, end] = [offsets[0]!, offsets[1]!];
  return start <= end ? { dtype, shape, start, end } : undefined;
}

const isSizes = (x: unknown): x is number[] => Array.isArray(x) && x.every((n) => Number.isSafeInteger(n) && n >= 0);
