import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const eqOp = elementwise({
  name: "eq",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.eq(a!, b!),
});

/** a = b, as bool. @see https://pytorch.org/docs/stable/generated/torch.eq.html */
export function eq(a: TensorLike, b: TensorLike): Tensor {
  return apply(eqOp, [a, b]);
}
