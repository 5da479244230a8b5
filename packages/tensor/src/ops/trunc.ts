import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const truncOp = elementwise({
  name: "trunc",
  expr: (k, _, x) => k.trunc(x!),
  vjp: [(grad) => mul(grad, 0)],
});

/** x without its fraction. @see https://pytorch.org/docs/stable/generated/torch.trunc.html */
export function trunc(x: TensorLike): Tensor {
  return apply(truncOp, [x]);
}
