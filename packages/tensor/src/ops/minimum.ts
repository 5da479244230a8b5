import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { eq } from "./eq.ts";
import { lt } from "./lt.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

export const minimumOp = elementwise({
  name: "minimum",
  expr: (k, _, a, b) => k.min(a!, b!),
  vjp: [
    (grad, { inputs: [a, b] }) => where(eq(a!, b!), mul(grad, 0.5), where(lt(b!, a!), 0, grad)),
    (grad, { inputs: [a, b] }) => where(eq(a!, b!), mul(grad, 0.5), where(lt(a!, b!), 0, grad)),
  ],
});

/** The smaller of a and b; NaN if one is NaN. At a tie each gets half of the gradient. @see https://pytorch.org/docs/stable/generated/torch.minimum.html */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return apply(minimumOp, [a, b]);
}
