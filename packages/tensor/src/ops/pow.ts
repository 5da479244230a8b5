import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { isFloat } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { eq } from "./eq.ts";
import { ge } from "./ge.ts";
import { log } from "./log.ts";
import { logicalAnd } from "./logical-and.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { where } from "./where.ts";

export const powOp = elementwise({
  name: "pow",
  expr: (k, _, a, b) => k.pow(a!, b!),
  vjp: [
    (grad, { inputs: [a, b] }) => mul(grad, where(eq(b!, 0), 0, mul(b!, pow(a!, sub(b!, 1))))),
    (grad, { out, inputs: [a, b] }) => mul(grad, where(logicalAnd(eq(a!, 0), ge(b!, 0)), 0, mul(out, log(a!)))),
  ],
});

/**
 * aᵇ; integers to an integer power give integers.
 * @see https://pytorch.org/docs/stable/generated/torch.pow.html
 * @throws DTypeError for an integer tensor to a negative integer power, which is no integer.
 */
export function pow(a: TensorLike, b: TensorLike): Tensor {
  if (typeof b === "number" && b < 0 && Number.isInteger(b) && typeof a !== "number" && !isFloat(a.dtype)) {
    throw new DTypeError(`pow: ${a.dtype} values to the power ${b} are no integers. Use cast(x, "float32") first.`);
  }
  return apply(powOp, [a, b]);
}
