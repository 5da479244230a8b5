import { apply } from "../apply.ts";
import { reduction } from "../define.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { eq } from "./eq.ts";
import { mul } from "./mul.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

export const prodOp = reduction({
  name: "prod",
  dtype: (_, x) => (x!.dtype === "bool" ? "int32" : x!.dtype),
  initial: 1,
  combine: (k, accumulator, x) => k.mul(accumulator, x),
  vjp: [
    (grad, { inputs: [x], out, attrs: { dims } }) => {
      // The product of the other factors: out / x, but at a zero the product of the rest, which is 0 if there are two zeros.
      const isZero = eq(x!, 0);
      const rest = prod(where(isZero, 1, x!), dims, { keepdim: true });
      const onlyZero = eq(sum(isZero, dims, { keepdim: true }), 1);
      return mul(grad, where(isZero, where(onlyZero, rest, 0), div(out, where(isZero, 1, x!))));
    },
  ],
});

/**
 * The product over the given dimensions, or over all.
 * @see https://pytorch.org/docs/stable/generated/torch.prod.html
 */
export function prod(x: Tensor, dim?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims(dim, x.rank, "prod");
  return dropDims(apply(prodOp, [x], { dims }), dims, options);
}
