import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { normalizeDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flip } from "./flip.ts";

export const cumsumOp = kernel<{ dim: number }>({
  name: "cumsum",
  shape: (_, shape) => shape!,
  dtype: (_, x) => (x!.dtype === "bool" ? "int32" : x!.dtype),
  reference: (out, { dim }, { data, shape }) => {
    const count = shape[dim]!;
    const inner = sizeOf(shape.slice(dim + 1));
    for (let start = 0; start < data.length; start += count * inner) {
      for (let j = start; j < start + inner; j++) {
        let total = 0;
        for (let i = 0; i < count; i++) {
          total += data[j + i * inner]!;
          out.data[j + i * inner] = total;
        }
      }
    }
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
