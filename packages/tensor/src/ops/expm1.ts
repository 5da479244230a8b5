import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";

export const expm1Op = elementwise({
  name: "expm1",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.expm1(x!),
  vjp: [(grad, { out }) => mul(grad, add(out, 1))],
});

/** eˣ − 1, exact near 0. @see https://pytorch.org/docs/stable/generated/torch.expm1.html */
export function expm1(x: TensorLike): Tensor {
  return apply(expm1Op, [x]);
}
