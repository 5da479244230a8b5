import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const ltOp = elementwise({
  name: "lt",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.lt(a!, b!),
});

/** a < b, as bool. @see https://pytorch.org/docs/stable/generated/torch.lt.html */
export function lt(a: TensorLike, b: TensorLike): Tensor {
  return apply(ltOp, [a, b]);
}
