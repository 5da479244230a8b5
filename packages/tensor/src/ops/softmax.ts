import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import { forEachLine } from "../kernels/lines.ts";
import { logSumExpOfLine } from "../kernels/softmax.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export const softmaxOp = kernel<{ dim: number }>({
  name: "softmax",
  kernel: "softmax",
  shape: (_, shape) => shape!,
  dtype: (_, x) => promoteToFloat(x!),
  reference: (out, { dim }, { data, shape }) => {
    forEachLine(shape, dim, (start, count, step) => {
      const total = logSumExpOfLine(data, start, count, step);
      for (let i = 0, p = start; i < count; i++, p += step) out.data[p] = Math.exp(data[p]! - total);
    });
  },
  vjp: [
    (grad, { out, attrs: { dim } }) => {
      const weighted = mul(grad, out);
      return sub(weighted, mul(out, sum(weighted, dim, { keepdim: true })));
    },
  ],
});

/**
 * eˣ / Σ eˣ along a dimension, without overflow.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
 */
export function softmax(x: Tensor, dim: number): Tensor {
  return apply(softmaxOp, [x], { dim: normalizeDim(dim, x.rank, "softmax") });
}
