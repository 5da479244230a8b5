import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const negOp = elementwise({
  name: "neg",
  expr: (k, _, x) => k.neg(x!),
  vjp: [(grad) => neg(grad)],
});

/** −x. @see https://pytorch.org/docs/stable/generated/torch.neg.html */
export function neg(x: TensorLike): Tensor {
  return apply(negOp, [x]);
}
