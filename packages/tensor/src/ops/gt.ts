import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const gtOp = elementwise({
  name: "gt",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.lt(b!, a!),
});

/** a > b, as bool. @see https://pytorch.org/docs/stable/generated/torch.gt.html */
export function gt(a: TensorLike, b: TensorLike): Tensor {
  return apply(gtOp, [a, b]);
}
