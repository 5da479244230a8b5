import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

export const erfOp = elementwise({
  name: "erf",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.erf(x!),
  vjp: [(grad, { inputs: [x] }) => mul(grad, mul(exp(neg(square(x!))), 2 / Math.sqrt(Math.PI)))],
});

/** The error function. @see https://pytorch.org/docs/stable/generated/torch.erf.html */
export function erf(x: TensorLike): Tensor {
  return apply(erfOp, [x]);
}
