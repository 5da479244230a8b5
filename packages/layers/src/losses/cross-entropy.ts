import {
  add,
  cast,
  div,
  indexSelect,
  logSoftmax,
  mul,
  ne,
  neg,
  reshape,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  where,
} from "@pointwise/tensor";
import { alongChannels } from "../layers/batch-norm.ts";
import { checkLabels, checkSmoothing, checkWeight } from "./check-labels.ts";
import { type LossOptions, reduceLoss } from "./reduce-loss.ts";

export interface CrossEntropyOptions extends LossOptions {
  /** The share, from 0 to 1, of the target that is spread evenly over all classes. */
  readonly labelSmoothing?: number;
  /** The weight of each class, [C]. The mean is then the weighted one. */
  readonly weight?: Tensor;
  /** Samples of this label do not count, e.g. −100 for pixels without one. Unless said, every label must be a class. */
  readonly ignoreIndex?: number;
}

/**
 * −log softmax(logits)[target]: how surprised the model is by the right class. Takes logits, not probabilities: no Softmax before it.
 * @param logits [N, C] or [N, C, H, W]
 * @param target the classes, int32 [N] or [N, H, W], from 0 to C − 1
 * @returns a number; with reduction "none", one for each target.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
 * @throws ShapeError if the shapes do not fit, or (eagerly) for a label out of range; DTypeError unless labels are int32.
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { reduction, labelSmoothing = 0, weight, ignoreIndex } = options;
  checkLabels(logits, target);
  checkSmoothing(labelSmoothing);
  if (weight) checkWeight(weight, logits.shape[1]!);
  const counts = ignoreIndex === undefined ? undefined : ne(target, ignoreIndex);
  const labels = counts ? where(counts, target, 0) : target;
  const ofLabel = weight && reshape(indexSelect(weight, 0, reshape(labels, [labels.size])), labels.shape);
  const only = (x: Tensor) => (counts ? where(counts, x, 0) : x);
  const surprise = softmaxCrossEntropy(logits, labels);
  const hard = ofLabel ? mul(surprise, ofLabel) : surprise;
  const losses = only(labelSmoothing > 0 ? smooth(hard, logits, labelSmoothing, weight) : hard);
  if ((reduction ?? "mean") !== "mean" || !(ofLabel || counts)) return reduceLoss(losses, reduction);
  return div(sum(losses), sum(ofLabel ? only(ofLabel) : cast(counts!, losses.dtype)));
}

/** Mixes in the mean surprise by all classes. */
function smooth(hard: Tensor, logits: Tensor, share: number, weight: Tensor | undefined): Tensor {
  const surprises = neg(logSoftmax(logits, 1));
  const weighted = weight ? mul(surprises, alongChannels(weight, logits)) : surprises;
  return add(mul(hard, 1 - share), mul(sum(weighted, 1), share / logits.shape[1]!));
}
