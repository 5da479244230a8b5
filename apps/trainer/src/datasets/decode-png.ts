import { inflateSync } from "node:zlib";
import { FormatError } from "@pointwise/tensor";
import { PNG } from "pngjs";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly rgba: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER_END = 29;

/** Deflate makes data smaller by no more than this. @see https://www.zlib.net/zlib_tech.html */
const BEST_COMPRESSION = 1032;

/** How many values a pixel has, for each colour type. @see https://www.w3.org/TR/png-3/#6Colour-values */
const valuesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** @throws FormatError if the bytes are no PNG file, or one that is damaged. */
export function decodePng(bytes: Uint8Array, file: string): Picture {
  const { interlaced, dataBytes } = readHeader(bytes, file);
  try {
    const check = interlaced ? () => {} : () => checkData(bytes, dataBytes);
    const { width, height, data } = decodeChecked(bytes, check);
    return { width, height, rgba: data };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${file}: the PNG file is cut short or damaged: ${reason}.`, { cause });
  }
}

/** The decoder reserves memory for as many pixels as the header says, so that is compared with the size of the file first. */
function readHeader(bytes: Uint8Array, file: string): { interlaced: boolean; dataBytes: number } {
  const wrong = SIGNATURE.findIndex((byte, i) => bytes[i] !== byte);
  if (wrong >= 0) {
    const found = wrong < bytes.length ? `${bytes[wrong]}` : "the end of the file";
    throw new FormatError(
      `${file}: at byte ${wrong}: expected ${SIGNATURE[wrong]}, as in every PNG file, but found ${found}.`,
    );
  }
  if (bytes.length < HEADER_END) {
    throw new FormatError(
      `${file}: at byte ${bytes.length}: expected a PNG header of ${HEADER_END} bytes, but found the end of the file.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  const bitsPerPixel = header.getUint8(24) * (valuesPerPixel[header.getUint8(25)] ?? 1);
  const dataBytes = height * (1 + Math.ceil((width * bitsPerPixel) / 8)); // each row begins with the number of its filter
  if (width > 0 && height > 0 && dataBytes <= bytes.length * BEST_COMPRESSION) {
    return { interlaced: header.getUint8(28) !== 0, dataBytes };
  }
  throw new FormatError(
    `${file}: at byte 16: expected the width and height of a picture, but found ${width}×${height}, which ${bytes.length} bytes cannot hold.`,
  );
}

/** For pixels that are not there the decoder takes what lies in memory, and complains of a filter that it finds in it, or of nothing. */
function decodeChecked(bytes: Uint8Array, check: () => void) {
  try {
    const picture = PNG.sync.read(Buffer.from(bytes));
    check();
    return picture;
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith("Unrecognised filter type")) check();
    throw cause;
  }
}

/** Chunks are whole, and their checksums right: the decoder has seen to that. */
function checkData(bytes: Uint8Array, dataBytes: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [];
  for (let at = SIGNATURE.length; at < bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const found = inflateSync(Buffer.concat(parts), { maxOutputLength: dataBytes }).length;
  if (found < dataBytes) throw new Error(`expected ${dataBytes} bytes of pixels, but found ${found}`);
}
