import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const geOp = elementwise({
  name: "ge",
  dtype: () => "bool",
  expr: (k, _, a, b) => k.le(b!, a!),
});

/** a ≥ b, as bool. @see https://pytorch.org/docs/stable/generated/torch.ge.html */
export function ge(a: TensorLike, b: TensorLike): Tensor {
  return apply(geOp, [a, b]);
}
