import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

export const reciprocalOp = elementwise({
  name: "reciprocal",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.div(k.c(1), x!),
  vjp: [(grad, { out }) => neg(mul(grad, square(out)))],
});

/** 1 / x. @see https://pytorch.org/docs/stable/generated/torch.reciprocal.html */
export function reciprocal(x: TensorLike): Tensor {
  return apply(reciprocalOp, [x]);
}
