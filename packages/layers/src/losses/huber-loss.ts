import { abs, clamp, mul, sub, type Tensor, UsageError } from "@pointwise/tensor";
import { checkTarget } from "./check-target.ts";
import { type LossOptions, reduceLoss } from "./reduce-loss.ts";

export interface HuberLossOptions extends LossOptions {
  /** Where the square goes over into a line; 1 unless said otherwise. */
  readonly delta?: number;
}

/**
 * With the difference d: d² / 2 where |d| ≤ delta, and delta · (|d| − delta / 2) beyond: outliers pull no harder than delta.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html
 * @throws ShapeError unless both have one shape, UsageError unless delta is positive.
 */
export function huberLoss(input: Tensor, target: Tensor, { delta = 1, reduction }: HuberLossOptions = {}): Tensor {
  checkTarget("huberLoss", input, target);
  if (!(delta > 0)) throw new UsageError(`huberLoss: delta must be positive, but is ${delta}.`);
  const distance = abs(sub(input, target));
  const inner = clamp(distance, { max: delta });
  return reduceLoss(mul(inner, sub(distance, mul(inner, 0.5))), reduction); // both pieces in one
}
