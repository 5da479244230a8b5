import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const whereOp = elementwise({
  name: "where",
  dtype: (_, condition, a, b) => {
    if (condition!.dtype !== "bool") {
      throw new DTypeError(
        `where: the condition must be bool, but is ${condition!.dtype}. Compare first, e.g. gt(x, 0).`,
      );
    }
    return promoteTypes(a!, b!);
  },
  expr: (k, _, condition, a, b) => k.select(condition!, a!, b!),
  vjp: [
    null,
    (grad, { inputs: [condition] }) => where(condition!, grad, 0),
    (grad, { inputs: [condition] }) => where(condition!, 0, grad),
  ],
});

/** `a` where the condition holds, else `b`. @see https://pytorch.org/docs/stable/generated/torch.where.html */
export function where(condition: Tensor, a: TensorLike, b: TensorLike): Tensor {
  return apply(whereOp, [condition, a, b]);
}
