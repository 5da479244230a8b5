import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { sign } from "./sign.ts";

export const absOp = elementwise({
  name: "abs",
  expr: (k, _, x) => k.abs(x!),
  vjp: [(grad, { inputs: [x] }) => mul(grad, sign(x!))],
});

/** |x|. @see https://pytorch.org/docs/stable/generated/torch.abs.html */
export function abs(x: TensorLike): Tensor {
  return apply(absOp, [x]);
}
