import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { formatShape, normalizeDim, sameShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { checkIndices, typeOfIndexed } from "./check-indices.ts";
import { indexSelect, vectorLength } from "./index-select.ts";

export const indexAddOp = kernel<{ dim: number }>({
  name: "indexAdd",
  kernel: "indexAdd",
  shape: ({ dim }, shape, index, source) => {
    const wanted = shape!.with(dim, vectorLength("indexAdd", index!));
    if (!sameShape(wanted, source!)) {
      throw new ShapeError(`indexAdd: the source must be ${formatShape(wanted)}, but is ${formatShape(source!)}.`);
    }
    return shape!;
  },
  dtype: typeOfIndexed("indexAdd"),
  reference: (out, { dim }, x, index, source) => {
    const size = x!.shape[dim]!;
    checkIndices("indexAdd", "index", index!, size);
    out.data.set(x!.data);
    const run = sizeOf(x!.shape.slice(dim + 1));
    const outer = sizeOf(x!.shape.slice(0, dim));
    for (let o = 0, from = 0; o < outer; o++) {
      for (const entry of index!.data) {
        const to = (o * size + entry) * run;
        for (let j = 0; j < run; j++) out.data[to + j]! += source!.data[from++]!;
      }
    }
  },
  vjp: [(grad) => grad, null, (grad, { inputs: [, index], attrs: { dim } }) => indexSelect(grad, dim, index!)],
});

/**
 * x with the entries of `source` along `dim` added to the entries that `index` names, int32 [K].
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.index_add_.html
 * @throws ShapeError for an index out of range (eagerly) or a source of the wrong shape, DTypeError unless it is int32.
 */
export function indexAdd(x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
  const dtype = promoteTypes(x, source);
  const inputs = [cast(x, dtype), index, cast(source, dtype)];
  return apply(indexAddOp, inputs, { dim: normalizeDim(dim, x.rank, "indexAdd") });
}
