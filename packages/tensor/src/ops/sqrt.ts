import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

export const sqrtOp = elementwise({
  name: "sqrt",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.sqrt(x!),
  vjp: [(grad, { out }) => div(grad, mul(out, 2))],
});

/** √x. @see https://pytorch.org/docs/stable/generated/torch.sqrt.html */
export function sqrt(x: TensorLike): Tensor {
  return apply(sqrtOp, [x]);
}
