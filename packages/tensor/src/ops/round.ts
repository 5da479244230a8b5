import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const roundOp = elementwise({
  name: "round",
  expr: (k, _, x) => k.round(x!),
  vjp: [(grad) => mul(grad, 0)],
});

/** The nearest whole number; halves go to the even one. @see https://pytorch.org/docs/stable/generated/torch.round.html */
export function round(x: TensorLike): Tensor {
  return apply(roundOp, [x]);
}
