import { formatShape, type TypedArray } from "@pointwise/tensor";
import { mismatch, plural } from "./format-error.ts";

export type IdxType = "uint8" | "int8" | "int16" | "int32" | "float32" | "float64";

/** An array from an IDX file. */
export interface IdxArray {
  readonly type: IdxType;
  /** At least one dimension. */
  readonly shape: readonly number[];
  /**
   * The values, row-major: a `Uint8Array` on the file's own bytes for uint8, an `Int32Array` for the other integers, else the
   * float array of the type.
   */
  readonly data: TypedArray;
}

interface ElementType {
  readonly type: IdxType;
  readonly bytes: number;
  read(bytes: Uint8Array, view: DataView, length: number): TypedArray;
}

const elementTypes: Readonly<Record<number, ElementType>> = {
  8: { type: "uint8", bytes: 1, read: (bytes) => bytes },
  9: { type: "int8", bytes: 1, read: (_, view, n) => Int32Array.from({ length: n }, (_, i) => view.getInt8(i)) },
  11: { type: "int16", bytes: 2, read: (_, view, n) => Int32Array.from({ length: n }, (_, i) => view.getInt16(2 * i)) },
  12: { type: "int32", bytes: 4, read: (_, view, n) => Int32Array.from({ length: n }, (_, i) => view.getInt32(4 * i)) },
  13: {
    type: "float32",
    bytes: 4,
    read: (_, view, n) => Float32Array.from({ length: n }, (_, i) => view.getFloat32(4 * i)),
  },
  14: {
    type: "float64",
    bytes: 8,
    read: (_, view, n) => Float64Array.from({ length: n }, (_, i) => view.getFloat64(8 * i)),
  },
};

/**
 * Reads an IDX file, the format of MNIST and its relatives: two zero bytes, an element type, the number of dimensions, the
 * dimensions as big-endian 32-bit numbers, and the values.
 * @see http://yann.lecun.com/exdb/mnist/ "The IDX file format"
 * @param bytes the whole file, not compressed; for a `.gz` see {@link gunzip}. Bytes of uint8 values are shared, not copied.
 * @param file its name, for errors.
 * @throws FormatError that says where the file is not an IDX file, is cut short, or goes on after its end.
 */
export function parseIdx(bytes: Uint8Array, file: string): IdxArray {
  const element = readMagic(bytes, file);
  const rank = bytes[3]!;
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    const [expected, found] = [
      `${plural(rank, "dimension")} of 4 bytes each`,
      `only ${plural(bytes.length - 4, "byte")}`,
    ];
    throw mismatch({ file, at: bytes.length, expected, found, hint: "The file is cut short." });
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: rank }, (_, i) => header.getUint32(4 + 4 * i));
  // Not just the product: damaged dimensions may multiply to infinity, and that with 0 to NaN.
  const length = shape.includes(0) ? 0 : shape.reduce((product, d) => product * d, 1);
  checkBody(bytes.length - start, length * element.bytes, { file, start, shape, type: element.type });
  const body = bytes.subarray(start);
  const data = element.read(body, new DataView(body.buffer, body.byteOffset, body.length), length);
  return { type: element.type, shape, data };
}

function readMagic(bytes: Uint8Array, file: string): ElementType {
  if (bytes.length < 4) {
    const found = `the end after ${plural(bytes.length, "byte")}`;
    throw mismatch({ file, at: bytes.length, expected: "the 4 bytes that an IDX file begins with", found });
  }
  const [zero0, zero1, code, rank] = bytes;
  if (zero0 !== 0 || zero1 !== 0) {
    const gzip = zero0 === 0x1f && zero1 === 0x8b;
    const hint = gzip ? "It is compressed with gzip: decompress it first, with gunzip." : "It is not an IDX file.";
    throw mismatch({ file, at: 0, expected: "two zero bytes", found: `${hex(zero0!)} ${hex(zero1!)}`, hint });
  }
  const element = elementTypes[code!];
  if (!element) {
    const known = Object.entries(elementTypes).map(([key, { type }]) => `${hex(Number(key))} (${type})`);
    throw mismatch({ file, at: 2, expected: `an element type, one of ${known.join(", ")}`, found: hex(code!) });
  }
  if (rank === 0) throw mismatch({ file, at: 3, expected: "the number of dimensions, at least 1", found: "0" });
  return element;
}

function checkBody(
  actual: number,
  wanted: number,
  { file, start, shape, type }: { file: string; start: number; shape: readonly number[]; type: IdxType },
): void {
  if (actual === wanted) return;
  const expected = `${wanted} bytes of values from byte ${start} on, as the header ${formatShape(shape)} of ${type} says`;
  if (actual < wanted) {
    const hint = "The file is cut short, or its header is damaged.";
    throw mismatch({ file, at: start + actual, expected, found: `the end after ${actual}`, hint });
  }
  const hint = "The header is damaged, or something was appended.";
  throw mismatch({ file, at: start + wanted, expected, found: `${plural(actual - wanted, "more byte")}`, hint });
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, "0")}`;
