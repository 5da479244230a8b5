import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const expOp = elementwise({
  name: "exp",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.exp(x!),
  vjp: [(grad, { out }) => mul(grad, out)],
});

/** eˣ. @see https://pytorch.org/docs/stable/generated/torch.exp.html */
export function exp(x: TensorLike): Tensor {
  return apply(expOp, [x]);
}
