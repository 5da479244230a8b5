import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { mul } from "./mul.ts";

export const signOp = elementwise({
  name: "sign",
  expr: (k, _, x) => k.select(k.lt(k.c(0), x!), k.c(1), k.select(k.lt(x!, k.c(0)), k.c(-1), k.c(0))),
  vjp: [(grad) => mul(grad, 0)],
});

/** −1, 0 or 1 by the sign of x; 0 for NaN, as in PyTorch. @see https://pytorch.org/docs/stable/generated/torch.sign.html */
export function sign(x: TensorLike): Tensor {
  return apply(signOp, [x]);
}
