import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const leOp = elementwise({
  name: "le",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.le(a!, b!),
});

/** a ≤ b, as bool. @see https://pytorch.org/docs/stable/generated/torch.le.html */
export function le(a: TensorLike, b: TensorLike): Tensor {
  return apply(leOp, [a, b]);
}
