import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const isnanOp = elementwise({
  name: "isnan",
  dtype: () => "bool",
  expr: (k, _, x) => k.not(k.eq(x!, x!)),
});

/** Whether x is NaN. @see https://pytorch.org/docs/stable/generated/torch.isnan.html */
export function isnan(x: TensorLike): Tensor {
  return apply(isnanOp, [x]);
}
