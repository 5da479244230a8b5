import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { eq } from "./eq.ts";
import { lt } from "./lt.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

export const maximumOp = elementwise({
  name: "maximum",
  expr: (k, _, a, b) => k.max(a!, b!),
  vjp: [
    (grad, { inputs: [a, b] }) => where(eq(a!, b!), mul(grad, 0.5), where(lt(a!, b!), 0, grad)),
    (grad, { inputs: [a, b] }) => where(eq(a!, b!), mul(grad, 0.5), where(lt(b!, a!), 0, grad)),
  ],
});

/** The larger of a and b; NaN if one is NaN. At a tie each gets half of the gradient. @see https://pytorch.org/docs/stable/generated/torch.maximum.html */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return apply(maximumOp, [a, b]);
}
