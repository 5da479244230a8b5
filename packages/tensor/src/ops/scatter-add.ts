import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { indexOffsets } from "../kernels/index-offsets.ts";
import { formatShape, normalizeDim, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { checkIndices, typeOfIndexed } from "./check-indices.ts";
import { checkIndexShape, gather } from "./gather.ts";

export const scatterAddOp = kernel<{ dim: number }>({
  name: "scatterAdd",
  kernel: "scatterAdd",
  shape: ({ dim }, shape, index, source) => {
    checkIndexShape("scatterAdd", dim, shape!, index!);
    if (!sameShape(index!, source!)) {
      throw new ShapeError(
        `scatterAdd: the index ${formatShape(index!)} and the source ${formatShape(source!)} must have one shape.`,
      );
    }
    return shape!;
  },
  dtype: typeOfIndexed("scatterAdd"),
  reference: (out, { dim }, x, index, source) => {
    checkIndices("scatterAdd", "index", index!, x!.shape[dim]!);
    out.data.set(x!.data);
    const offsets = indexOffsets(x!.shape, dim, index!);
    for (let i = 0; i < offsets.length; i++) out.data[offsets[i]!]! += source!.data[i]!;
  },
  vjp: [(grad) => grad, null, (grad, { inputs: [, index], attrs: { dim } }) => gather(grad, dim, index!)],
});

/**
 * x with the values of `source` added where `index`, int32, points along `dim`.
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.scatter_add_.html
 * @throws ShapeError for an index out of range (eagerly) or of the wrong shape, DTypeError unless it is int32.
 */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
  const dtype = promoteTypes(x, source);
  const inputs = [cast(x, dtype), index, cast(source, dtype)];
  return apply(scatterAddOp, inputs, { dim: normalizeDim(dim, x.rank, "scatterAdd") });
}
