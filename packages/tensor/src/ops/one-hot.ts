import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import type { DType } from "../dtype.ts";
import { UsageError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { checkIndexType, checkIndices } from "./check-indices.ts";

export const oneHotOp = kernel<{ numClasses: number; dtype: DType }>({
  name: "oneHot",
  kernel: "oneHot",
  shape: ({ numClasses }, shape) => [...shape!, numClasses],
  dtype: ({ dtype }, labels) => {
    checkIndexType("oneHot", labels!);
    return dtype;
  },
  reference: (out, { numClasses }, labels) => {
    checkIndices("oneHot", "label", labels!, numClasses);
    for (let i = 0; i < labels!.data.length; i++) out.data[i * numClasses + labels!.data[i]!] = 1;
  },
});

/**
 * For labels, int32 of any shape, vectors of `numClasses` with a 1 at the label and 0 elsewhere, in a new last dimension.
 * float32 unless said otherwise.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html
 * @throws ShapeError for a label out of range (eagerly), DTypeError unless labels are int32.
 */
export function oneHot(labels: Tensor, numClasses: number, { dtype = "float32" }: { dtype?: DType } = {}): Tensor {
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new UsageError(`oneHot: numClasses must be a whole number ≥ 1, but is ${numClasses}.`);
  }
  return apply(oneHotOp, [labels], { numClasses, dtype });
}
