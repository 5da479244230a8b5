import { add, mul, neg, softplus, sub, type Tensor } from "@pointwise/tensor";
import { checkTarget } from "./check-target.ts";
import { type LossOptions, reduceLoss } from "./reduce-loss.ts";

export interface BceWithLogitsOptions extends LossOptions {
  /** The weight of positive targets, e.g. [C] for each class of [N, C]; above 1 it raises recall. */
  readonly posWeight?: Tensor;
}

/**
 * −target · log σ(x) · posWeight − (1 − target) · log(1 − σ(x)) of logits x, for targets from 0 to 1; without overflow, for
 * −log σ(x) = softplus(−x) and −log(1 − σ(x)) = x + softplus(−x).
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
 * @throws ShapeError unless logits and target have one shape.
 */
export function bceWithLogits(
  logits: Tensor,
  target: Tensor,
  { posWeight, reduction }: BceWithLogitsOptions = {},
): Tensor {
  checkTarget("bceWithLogits", logits, target);
  const negative = sub(1, target);
  const weight = posWeight ? add(mul(target, posWeight), negative) : undefined;
  const surprise = softplus(neg(logits));
  return reduceLoss(add(mul(negative, logits), weight ? mul(weight, surprise) : surprise), reduction);
}
