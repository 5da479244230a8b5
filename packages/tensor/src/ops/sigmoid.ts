import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

export const sigmoidOp = elementwise({
  name: "sigmoid",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.div(k.c(1), k.add(k.c(1), k.exp(k.neg(x!)))),
  vjp: [(grad, { out }) => mul(grad, mul(out, sub(1, out)))],
});

/** 1 / (1 + e⁻ˣ). @see https://pytorch.org/docs/stable/generated/torch.sigmoid.html */
export function sigmoid(x: TensorLike): Tensor {
  return apply(sigmoidOp, [x]);
}
