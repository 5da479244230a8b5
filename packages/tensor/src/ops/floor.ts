import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const floorOp = elementwise({
  name: "floor",
  expr: (k, _, x) => k.floor(x!),
  vjp: [(grad) => mul(grad, 0)],
});

/** The largest whole number ≤ x. @see https://pytorch.org/docs/stable/generated/torch.floor.html */
export function floor(x: TensorLike): Tensor {
  return apply(floorOp, [x]);
}
