import { apply } from "../apply.ts";
import { zerosLike } from "../create.ts";
import { kernel } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { indexOffsets } from "../kernels/index-offsets.ts";
import { formatShape, normalizeDim, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkIndices, typeOfIndexed } from "./check-indices.ts";
import { scatterAdd } from "./scatter-add.ts";

export const gatherOp = kernel<{ dim: number }>({
  name: "gather",
  kernel: "gather",
  shape: ({ dim }, shape, index) => checkIndexShape("gather", dim, shape!, index!),
  dtype: typeOfIndexed("gather"),
  reference: (out, { dim }, x, index) => {
    checkIndices("gather", "index", index!, x!.shape[dim]!);
    const offsets = indexOffsets(x!.shape, dim, index!);
    for (let i = 0; i < offsets.length; i++) out.data[i] = x!.data[offsets[i]!]!;
  },
  vjp: [(grad, { inputs: [x, index], attrs: { dim } }) => scatterAdd(zerosLike(x!), dim, index!, grad), null],
});

/** The shape of `index`, whose other dimensions must lie within those of x. */
export function checkIndexShape(who: string, dim: number, shape: Shape, index: Shape): Shape {
  if (index.length !== shape.length || index.some((d, i) => i !== dim && d > shape[i]!)) {
    throw new ShapeError(
      `${who}: the index ${formatShape(index)} must have the rank of ${formatShape(shape)}, and be no larger in any dimension but ${dim}.`,
    );
  }
  return index;
}

/**
 * For each entry of `index`, int32, the value of x at the same place except along `dim`, where the entry says which.
 * @see https://pytorch.org/docs/stable/generated/torch.gather.html
 * @throws ShapeError for an index out of range (eagerly) or of the wrong shape, DTypeError unless it is int32.
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  return apply(gatherOp, [x, index], { dim: normalizeDim(dim, x.rank, "gather") });
}
