import type { Dataset } from "@pointwise/data";
import type { Shape } from "@pointwise/tensor";

/** A data set that is ready to be trained on. */
export interface LoadedDataset {
  readonly name: string;
  /** Inputs float32 [B, ...inputShape], normalised; class indices int32 [B]. */
  readonly train: Dataset;
  /** Held out: never trained on, normalised with the statistics of the training set. */
  readonly test: Dataset;
  readonly classes: readonly string[];
  /** Of one sample: [channels, height, width] of a picture, or [features]. */
  readonly inputShape: Shape;
  /** Of each channel or feature of the training set; pictures have values 0 to 1 before. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Where the samples come from and how they were divided: a sentence to print. */
  readonly source: string;
}

export interface DatasetOptions {
  /** A folder, or a file. */
  readonly dataDir?: string | undefined;
  /** For what is drawn at random: samples, or which ones are held out. MNIST and CIFAR-10 hold out the same pictures for every seed. */
  readonly seed: number;
}
