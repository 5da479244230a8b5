import { digitsFile } from "../../assets/digits-file.ts";
import { readDigits } from "../../src/engine/datasets/digits.ts";
import type { TrainingData } from "../../src/engine/training-data.ts";

/** Of a test file, read once. */
let digits: Promise<TrainingData> | undefined;

export function theDigits(): Promise<TrainingData> {
  digits ??= readDigits(digitsFile());
  return digits;
}
