import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sin } from "./sin.ts";

export const cosOp = elementwise({
  name: "cos",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.cos(x!),
  vjp: [(grad, { inputs: [x] }) => neg(mul(grad, sin(x!)))],
});

/** The cosine of x in radians. @see https://pytorch.org/docs/stable/generated/torch.cos.html */
export function cos(x: TensorLike): Tensor {
  return apply(cosOp, [x]);
}
