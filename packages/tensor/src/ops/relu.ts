import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { le } from "./le.ts";
import { where } from "./where.ts";

export const reluOp = elementwise({
  name: "relu",
  expr: (k, _, x) => k.max(x!, k.c(0)),
  vjp: [(grad, { out }) => where(le(out, 0), 0, grad)],
});

/** max(x, 0); NaN stays NaN, and lets its gradient pass. @see https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html */
export function relu(x: TensorLike): Tensor {
  return apply(reluOp, [x]);
}
