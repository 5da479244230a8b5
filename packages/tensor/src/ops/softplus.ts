import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";

export const softplusOp = elementwise({
  name: "softplus",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.add(k.max(x!, k.c(0)), k.log1p(k.exp(k.neg(k.abs(x!))))),
  vjp: [(grad, { inputs: [x] }) => mul(grad, sigmoid(x!))],
});

/** log(1 + eˣ), without overflow. @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html */
export function softplus(x: TensorLike): Tensor {
  return apply(softplusOp, [x]);
}
