import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const squareOp = elementwise({
  name: "square",
  expr: (k, _, x) => k.mul(x!, x!),
  vjp: [(grad, { inputs: [x] }) => mul(grad, mul(x!, 2))],
});

/** x². @see https://pytorch.org/docs/stable/generated/torch.square.html */
export function square(x: TensorLike): Tensor {
  return apply(squareOp, [x]);
}
