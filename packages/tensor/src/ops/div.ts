import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

export const divOp = elementwise({
  name: "div",
  dtype: (_, a, b) => promoteToFloat(a!, b!),
  expr: (k, _, a, b) => k.div(a!, b!),
  vjp: [(grad, { inputs: [, b] }) => div(grad, b!), (grad, { out, inputs: [, b] }) => neg(div(mul(grad, out), b!))],
});

/** a / b; integers give float32. @see https://pytorch.org/docs/stable/generated/torch.div.html */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return apply(divOp, [a, b]);
}
