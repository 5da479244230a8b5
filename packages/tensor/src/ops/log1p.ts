import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";

export const log1pOp = elementwise({
  name: "log1p",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.log1p(x!),
  vjp: [(grad, { inputs: [x] }) => div(grad, add(x!, 1))],
});

/** log(1 + x), exact near 0. @see https://pytorch.org/docs/stable/generated/torch.log1p.html */
export function log1p(x: TensorLike): Tensor {
  return apply(log1pOp, [x]);
}
