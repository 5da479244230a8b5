import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import { forEachLine } from "../kernels/lines.ts";
import { logSumExpOfLine } from "../kernels/softmax.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const logSoftmaxOp = kernel<{ dim: number }>({
  name: "logSoftmax",
  kernel: "logSoftmax",
  shape: (_, shape) => shape!,
  dtype: (_, x) => promoteToFloat(x!),
  reference: (out, { dim }, { data, shape }) => {
    forEachLine(shape, dim, (start, count, step) => {
      const total = logSumExpOfLine(data, start, count, step);
      for (let i = 0, p = start; i < count; i++, p += step) out.data[p] = data[p]! - total;
    });
  },
  vjp: [(grad, { out, attrs: { dim } }) => sub(grad, mul(exp(out), sum(grad, dim, { keepdim: true })))],
});

/**
 * The logarithm of the softmax along a dimension, without overflow.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html
 */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  return apply(logSoftmaxOp, [x], { dim: normalizeDim(dim, x.rank, "logSoftmax") });
}
