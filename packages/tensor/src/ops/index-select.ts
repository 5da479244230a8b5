import { apply } from "../apply.ts";
import { zerosLike } from "../create.ts";
import { kernel } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { formatShape, normalizeDim, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkIndices, typeOfIndexed } from "./check-indices.ts";
import { indexAdd } from "./index-add.ts";

export const indexSelectOp = kernel<{ dim: number }>({
  name: "indexSelect",
  kernel: "indexSelect",
  shape: ({ dim }, shape, index) => shape!.with(dim, vectorLength("indexSelect", index!)),
  dtype: typeOfIndexed("indexSelect"),
  reference: (out, { dim }, x, index) => {
    const size = x!.shape[dim]!;
    checkIndices("indexSelect", "index", index!, size);
    const run = sizeOf(x!.shape.slice(dim + 1));
    const outer = sizeOf(x!.shape.slice(0, dim));
    for (let o = 0, to = 0; o < outer; o++) {
      for (let i = 0; i < index!.data.length; i++, to += run) {
        const from = (o * size + index!.data[i]!) * run;
        out.data.set(x!.data.subarray(from, from + run), to);
      }
    }
  },
  vjp: [(grad, { inputs: [x, index], attrs: { dim } }) => indexAdd(zerosLike(x!), dim, index!, grad), null],
});

/** @throws ShapeError unless the index has one dimension. */
export function vectorLength(who: string, index: Shape): number {
  if (index.length !== 1)
    throw new ShapeError(`${who}: the index must have one dimension, but is ${formatShape(index)}.`);
  return index[0]!;
}

/**
 * The entries of x along `dim` that `index` names, int32 [K]; an entry may be named more than once.
 * @see https://pytorch.org/docs/stable/generated/torch.index_select.html
 * @throws ShapeError for an index out of range (eagerly) or not of one dimension, DTypeError unless it is int32.
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  return apply(indexSelectOp, [x, index], { dim: normalizeDim(dim, x.rank, "indexSelect") });
}
