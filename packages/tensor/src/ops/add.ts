import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const addOp = elementwise({
  name: "add",
  expr: (k, _, a, b) => k.add(a!, b!),
  vjp: [(grad) => grad, (grad) => grad],
});

/** a + b; of bools, whether one is true. @see https://pytorch.org/docs/stable/generated/torch.add.html */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return apply(addOp, [a, b]);
}
