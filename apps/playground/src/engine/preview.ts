import type { Dataset } from "@pointwise/data";
import { type Shape, sizeOf } from "@pointwise/tensor";
import type { TrainingData } from "./training-data.ts";

/** What the page knows of the data: what they are, and some of them, as they were before they were normalised. */
export interface DataInfo {
  readonly inputShape: Shape;
  readonly classes: readonly string[];
  readonly features: readonly string[] | undefined;
  readonly trained: number;
  readonly heldOut: number;
  readonly samples: Samples;
}

export interface Samples {
  /** [n, ...inputShape], row-major. */
  readonly values: Float32Array;
  readonly labels: Int32Array;
}

const mostPictures = 24;

export function describeData({ train, test, inputShape, classes, features, mean, std }: TrainingData): DataInfo {
  // All points are drawn; of pictures and lines, some from all over the set.
  const count = inputShape[0] === 2 && inputShape.length === 1 ? train.length : Math.min(mostPictures, train.length);
  const numbers = Int32Array.from({ length: count }, (_, i) => Math.floor((i * train.length) / count));
  const samples = samplesOf(train, numbers, { inputShape, mean, std });
  return { inputShape, classes, features, trained: train.length, heldOut: test.length, samples };
}

/** Samples with these numbers, with what normalising did to them undone. */
export function samplesOf(
  dataset: Dataset,
  numbers: Int32Array,
  { inputShape, mean, std }: Pick<TrainingData, "inputShape" | "mean" | "std">,
): Samples {
  const [x, y] = dataset.batch(numbers);
  const perChannel = sizeOf(inputShape) / mean.length;
  const values = Float32Array.from(x.data, (value, i) => {
    const channel = Math.floor(i / perChannel) % mean.length;
    return value * std[channel]! + mean[channel]!;
  });
  return { values, labels: Int32Array.from(y.data) };
}
