import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

export const rsqrtOp = elementwise({
  name: "rsqrt",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.div(k.c(1), k.sqrt(x!)),
  vjp: [(grad, { out, inputs: [x] }) => mul(grad, mul(div(out, x!), -0.5))],
});

/** 1 / √x. @see https://pytorch.org/docs/stable/generated/torch.rsqrt.html */
export function rsqrt(x: TensorLike): Tensor {
  return apply(rsqrtOp, [x]);
}
