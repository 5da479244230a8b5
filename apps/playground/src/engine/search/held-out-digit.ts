import type { TrainingData } from "../training-data.ts";

export interface HeldOutDigit {
  /** [28, 28], row-major: 0 is paper, 1 ink. */
  readonly pixels: Float32Array;
  readonly digit: number;
}

/** A digit that no training has seen, as it was before it was normalised. */
export function heldOutDigit({ test, mean, std }: TrainingData, number: number): HeldOutDigit {
  const [x, y] = test.batch([number % test.length]);
  // The bytes of the data set: normalising and undoing it leaves rounding errors, and paper must be 0, and not −0.
  const pixels = Float32Array.from(x.data, (value) => Math.round((value * std[0]! + mean[0]!) * 255) / 255 + 0);
  return { pixels, digit: y.data[0]! };
}
