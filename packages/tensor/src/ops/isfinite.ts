import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const isfiniteOp = elementwise({
  name: "isfinite",
  dtype: () => "bool",
  expr: (k, _, x) => k.lt(k.abs(x!), k.c(Infinity)),
});

/** Whether x is neither NaN nor infinite. @see https://pytorch.org/docs/stable/generated/torch.isfinite.html */
export function isfinite(x: TensorLike): Tensor {
  return apply(isfiniteOp, [x]);
}
