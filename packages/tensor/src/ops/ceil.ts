import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const ceilOp = elementwise({
  name: "ceil",
  expr: (k, _, x) => k.ceil(x!),
  vjp: [(grad) => mul(grad, 0)],
});

/** The smallest whole number ≥ x. @see https://pytorch.org/docs/stable/generated/torch.ceil.html */
export function ceil(x: TensorLike): Tensor {
  return apply(ceilOp, [x]);
}
