import { mean, sum, type Tensor, UsageError } from "@pointwise/tensor";

/** What becomes of the losses of all elements: their mean, their sum, or each by itself. */
export type Reduction = "mean" | "sum" | "none";

export interface LossOptions {
  /** "mean" unless said otherwise. */
  readonly reduction?: Reduction;
}

/** @throws UsageError for another reduction. */
export function reduceLoss(loss: Tensor, reduction: Reduction = "mean"): Tensor {
  switch (reduction) {
    case "mean":
      return mean(loss);
    case "sum":
      return sum(loss);
    case "none":
      return loss;
    default:
      throw new UsageError(`reduction must be "mean", "sum" or "none", but is ${JSON.stringify(reduction)}.`);
  }
}
