import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { div } from "./div.ts";

export const logOp = elementwise({
  name: "log",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.log(x!),
  vjp: [(grad, { inputs: [x] }) => div(grad, x!)],
});

/** The natural logarithm. @see https://pytorch.org/docs/stable/generated/torch.log.html */
export function log(x: TensorLike): Tensor {
  return apply(logOp, [x]);
}
