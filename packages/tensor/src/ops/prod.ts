import { apply } from "../apply.ts";
import { reduction } from "../define.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { mul } from "./mul.ts";
import { productOfOthers } from "./product-of-others.ts";

export const prodOp = reduction({
  name: "prod",
  dtype: (_, x) => (x!.dtype === "bool" ? "int32" : x!.dtype),
  initial: 1,
  combine: (k, accumulator, x) => k.mul(accumulator, x),
  vjp: [(grad, { inputs: [x], attrs: { dims } }) => mul(grad, productOfOthers(x!, dims))],
});

/**
 * The product over the given dimensions, or over all.
 * @see https://pytorch.org/docs/stable/generated/torch.prod.html
 */
export function prod(x: Tensor, dim?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims(dim, x.rank, "prod");
  return dropDims(apply(prodOp, [x], { dims }), dims, options);
}
