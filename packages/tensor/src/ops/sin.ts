import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { cos } from "./cos.ts";
import { mul } from "./mul.ts";

export const sinOp = elementwise({
  name: "sin",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, _, x) => k.sin(x!),
  vjp: [(grad, { inputs: [x] }) => mul(grad, cos(x!))],
});

/** The sine of x in radians. @see https://pytorch.org/docs/stable/generated/torch.sin.html */
export function sin(x: TensorLike): Tensor {
  return apply(sinOp, [x]);
}
