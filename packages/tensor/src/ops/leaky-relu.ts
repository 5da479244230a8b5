import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { gt } from "./gt.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

export const leakyReluOp = elementwise<{ negativeSlope: number }>({
  name: "leakyRelu",
  dtype: (_, x) => promoteToFloat(x!),
  expr: (k, { negativeSlope }, x) => k.select(k.lt(k.c(0), x!), x!, k.mul(x!, k.c(negativeSlope))),
  vjp: [(grad, { inputs: [x], attrs }) => where(gt(x!, 0), grad, mul(grad, attrs.negativeSlope))],
});

/** x where positive, else negativeSlope · x. @see https://pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html */
export function leakyRelu(x: TensorLike, negativeSlope = 0.01): Tensor {
  return apply(leakyReluOp, [x], { negativeSlope });
}
