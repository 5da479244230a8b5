import type { LabelledImages } from "../labelled-images.ts";
import { mismatch, plural } from "./format-error.ts";

const [SIZE, CHANNELS, CLASSES] = [32, 3, 10];
const PIXELS = CHANNELS * SIZE * SIZE;
const RECORD = 1 + PIXELS;

/**
 * Reads a file of CIFAR-10's binary version: for each picture a byte for its class, and the 32×32 bytes of red, of green and of blue.
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 * @param file its name, for errors.
 * @throws FormatError if it is empty, ends within a record, or has a label above 9.
 */
export function parseCifar10(bytes: Uint8Array, file: string): LabelledImages {
  const n = Math.floor(bytes.length / RECORD);
  const expected = `a record of ${RECORD} bytes (a label and 3×32×32 pixels)`;
  if (bytes.length === 0 || bytes.length % RECORD !== 0) {
    const rest = bytes.length - n * RECORD;
    const found = `only ${plural(rest, "byte")}`;
    const hint = "The file is cut short, or not of CIFAR-10's binary version.";
    throw mismatch({ file, at: n * RECORD, expected, found, hint });
  }
  const [pixels, labels] = [new Uint8Array(n * PIXELS), new Int32Array(n)];
  for (let i = 0; i < n; i++) {
    const at = i * RECORD;
    const label = bytes[at]!;
    if (label >= CLASSES) {
      throw mismatch({ file, at, expected: "a label from 0 to 9", found: `${label} for picture ${i}` });
    }
    labels[i] = label;
    pixels.set(bytes.subarray(at + 1, at + RECORD), i * PIXELS);
  }
  return { pixels, shape: [n, CHANNELS, SIZE, SIZE], labels };
}
