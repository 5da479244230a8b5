import type { Dataset } from "@pointwise/data";
import type { DataShape } from "../experiment/data-choice.ts";

/** Samples that are ready to be trained on. */
export interface TrainingData extends DataShape {
  /** Inputs float32 [B, ...inputShape], normalised; class indices int32 [B]. */
  readonly train: Dataset;
  /** Held out: never trained on, normalised as the training set is. */
  readonly test: Dataset;
  /** Of each channel or feature of the training set: what samples were normalised with. Pictures have values 0 to 1 before. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Of a table's columns; of points and pictures there are none. */
  readonly features?: readonly string[];
}
