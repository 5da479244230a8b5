import { formatShape, ShapeError, type Tensor, UsageError } from "@pointwise/tensor";
import { inputError } from "../input-error.ts";
import type { Module } from "../module.ts";

export interface BatchNorm2dOptions {
  /** Added to the variance. */
  readonly eps?: number;
  /** The share of the newest batch in the running statistics; `null` for the plain average of all batches. */
  readonly momentum?: number | null;
  /** Whether a trained weight and bias follow. */
  readonly affine?: boolean;
  /** Whether to keep running statistics for evaluation; without them the batch's own are used there too. */
  readonly trackRunningStats?: boolean;
}

export const batchNormDefaults: Required<BatchNorm2dOptions> = {
  eps: 1e-5,
  momentum: 0.1,
  affine: true,
  trackRunningStats: true,
};

/** What PyTorch calls the fields, for the state dict. */
export const savedAs: Readonly<Record<string, string>> = {
  runningMean: "running_mean",
  runningVar: "running_var",
  numBatchesTracked: "num_batches_tracked",
};

/** @throws UsageError */
export function checkMomentum(momentum: number | null): void {
  if (momentum === null || (momentum >= 0 && momentum <= 1)) return;
  throw new UsageError(
    `BatchNorm2d: momentum is the share of the newest batch, between 0 and 1, or null for a plain average, but is ${momentum}.`,
  );
}

/** One value has no variance to normalise by. @throws ShapeError */
export function checkBatch(layer: Module, x: Tensor): void {
  if (x.size !== x.shape[1]) return;
  const problem = `needs more than one value per channel in training, but got ${formatShape(x.shape)}`;
  throw inputError(ShapeError, layer, problem, "Use larger batches or pictures, or switch to evaluation with eval().");
}
