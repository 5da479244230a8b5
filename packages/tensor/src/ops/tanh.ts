import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

export const tanhOp = elementwise({
  name: "tanh",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.tanh(x!),
  vjp: [(grad, { out }) => mul(grad, sub(1, square(out)))],
});

/** The hyperbolic tangent. @see https://pytorch.org/docs/stable/generated/torch.tanh.html */
export function tanh(x: TensorLike): Tensor {
  return apply(tanhOp, [x]);
}
