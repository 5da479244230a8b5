import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const mulOp = elementwise({
  name: "mul",
  expr: (k, _, a, b) => k.mul(a!, b!),
  vjp: [(grad, { inputs: [, b] }) => mul(grad, b!), (grad, { inputs: [a] }) => mul(grad, a!)],
});

/** a · b, element by element. @see https://pytorch.org/docs/stable/generated/torch.mul.html */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return apply(mulOp, [a, b]);
}
