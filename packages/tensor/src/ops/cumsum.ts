import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { forEachLine } from "../kernels/lines.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flip } from "./flip.ts";

export const cumsumOp = kernel<{ dim: number }>({
  name: "cumsum",
  kernel: "cumsum",
  shape: (_, shape) => shape!,
  dtype: (_, x) => (x!.dtype === "bool" ? "int32" : x!.dtype),
  reference: (out, { dim }, { data, shape }) => {
    forEachLine(shape, dim, (start, count, step) => {
      let total = 0;
      for (let i = 0, p = start; i < count; i++, p += step) {
        total += data[p]!;
        out.data[p] = total;
      }
    });
  },
  vjp: [(grad, { attrs: { dim } }) => flip(cumsum(flip(grad, dim), dim), dim)],
});

/**
 * The running sums along a dimension.
 * @see https://pytorch.org/docs/stable/generated/torch.cumsum.html
 */
export function cumsum(x: Tensor, dim: number): Tensor {
  return apply(cumsumOp, [x], { dim: normalizeDim(dim, x.rank, "cumsum") });
}
