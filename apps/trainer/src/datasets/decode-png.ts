import { FormatError } from "@pointwise/tensor";
import { PNG } from "pngjs";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly rgba: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Deflate makes data smaller by no more than this. @see https://www.zlib.net/zlib_tech.html */
const BEST_COMPRESSION = 1032;

/** How many values a pixel has, for each colour type. @see https://www.w3.org/TR/png-3/#6Colour-values */
const valuesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** @throws FormatError if the bytes are no PNG file, or one that is damaged. */
export function decodePng(bytes: Uint8Array, file: string): Picture {
  checkHeader(bytes, file);
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    return { width, height, rgba: data };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${file}: the PNG file is cut short or damaged: ${reason}.`, { cause });
  }
}

/** The decoder reserves memory for as many pixels as the header says, so this compares it with the size of the file. */
function checkHeader(bytes: Uint8Array, file: string): void {
  const wrong = SIGNATURE.findIndex((byte, i) => bytes[i] !== byte);
  if (wrong >= 0) {
    const found = wrong < bytes.length ? `${bytes[wrong]}` : "the end of the file";
    throw new FormatError(
      `${file}: at byte ${wrong}: expected ${SIGNATURE[wrong]}, as in every PNG file, but found ${found}.`,
    );
  }
  if (bytes.length < 26) {
    throw new FormatError(
      `${file}: at byte ${bytes.length}: expected a PNG header of 26 bytes, but found the end of the file.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [width, height, depth] = [header.getUint32(16), header.getUint32(20), header.getUint8(24)];
  const bits = width * height * depth * (valuesPerPixel[header.getUint8(25)] ?? 1);
  if (width > 0 && height > 0 && bits / 8 <= bytes.length * BEST_COMPRESSION) return;
  throw new FormatError(
    `${file}: at byte 16: expected the width and height of a picture, but found ${width}×${height}, which ${bytes.length} bytes cannot hold.`,
  );
}
