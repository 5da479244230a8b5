import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { stridedCopy } from "../kernels/strided-copy.ts";
import { normalizeDims, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export const flipOp = kernel<{ dims: readonly number[] }>({
  name: "flip",
  kernel: "flip",
  shape: (_, shape) => shape!,
  reference: (out, { dims }, { data, shape }) => {
    const strides = stridesOf(shape);
    const offset = dims.reduce((sum, d) => sum + (shape[d]! - 1) * strides[d]!, 0);
    const from = { offset, strides: strides.map((s, i) => (dims.includes(i) ? -s : s)) };
    stridedCopy(shape, out.data, { offset: 0, strides }, data, from);
  },
  vjp: [(grad, { attrs: { dims } }) => flip(grad, dims)],
});

/** The given dimensions, or all, in reverse order. @see https://pytorch.org/docs/stable/generated/torch.flip.html */
export function flip(x: Tensor, dim?: number | readonly number[]): Tensor {
  return apply(flipOp, [x], { dims: normalizeDims(dim, x.rank, "flip") });
}
