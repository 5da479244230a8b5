import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { forEachLine } from "../kernels/lines.ts";
import { logSumExpOfLine } from "../kernels/softmax.ts";
import { formatShape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkIndexType, checkIndices } from "./check-indices.ts";
import { mul } from "./mul.ts";
import { oneHot } from "./one-hot.ts";
import { permute } from "./permute.ts";
import { softmax } from "./softmax.ts";
import { sub } from "./sub.ts";
import { unsqueeze } from "./unsqueeze.ts";

export const softmaxCrossEntropyOp = kernel({
  name: "softmaxCrossEntropy",
  kernel: "softmaxCrossEntropy",
  shape: (_, logits, labels) => {
    const wanted = logits!.toSpliced(1, 1);
    if (logits!.length < 2 || !sameShape(wanted, labels!)) {
      throw new ShapeError(
        `softmaxCrossEntropy: logits [N, C, …] need one label for each of N, …; got logits ${formatShape(logits!)} and labels ${formatShape(labels!)}.`,
      );
    }
    return labels!;
  },
  dtype: (_, logits, labels) => {
    checkIndexType("softmaxCrossEntropy", labels!);
    return promoteToFloat(logits!);
  },
  reference: (out, _, logits, labels) => {
    checkIndices("softmaxCrossEntropy", "label", labels!, logits!.shape[1]!);
    let line = 0;
    forEachLine(logits!.shape, 1, (start, count, step) => {
      const label = labels!.data[line]!;
      out.data[line++] = logSumExpOfLine(logits!.data, start, count, step) - logits!.data[start + label * step]!;
    });
  },
  vjp: [
    (grad, { inputs: [logits, labels] }) => {
      const { rank, dtype, shape } = logits!;
      const last = oneHot(labels!, shape[1]!, { dtype });
      const target = rank === 2 ? last : permute(last, [0, rank - 1, ...shape.slice(2).map((_, i) => i + 1)]);
      return mul(sub(softmax(logits!, 1), target), unsqueeze(grad, 1));
    },
    null,
  ],
});

/**
 * −log softmax(logits)[label] for each sample: logits [N, C, …], labels int32 [N, …] of 0 to C − 1; the loss is [N, …].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
 * @throws ShapeError for a label out of range (eagerly) or shapes that do not fit, DTypeError unless labels are int32.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  return apply(softmaxCrossEntropyOp, [logits, labels]);
}
