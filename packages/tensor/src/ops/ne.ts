import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const neOp = elementwise({
  name: "ne",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.not(k.eq(a!, b!)),
});

/** a ≠ b, as bool. @see https://pytorch.org/docs/stable/generated/torch.ne.html */
export function ne(a: TensorLike, b: TensorLike): Tensor {
  return apply(neOp, [a, b]);
}
