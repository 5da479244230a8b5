import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { div } from "./div.ts";
import { floor } from "./floor.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

export const remainderOp = elementwise({
  name: "remainder",
  expr: (k, _, a, b) => k.sub(a!, k.mul(k.floor(k.div(a!, b!)), b!)),
  vjp: [(grad) => grad, (grad, { inputs: [a, b] }) => neg(mul(grad, floor(div(a!, b!))))],
});

/** a − b·⌊a / b⌋: the remainder with the sign of b. @see https://pytorch.org/docs/stable/generated/torch.remainder.html */
export function remainder(a: TensorLike, b: TensorLike): Tensor {
  return apply(remainderOp, [a, b]);
}
