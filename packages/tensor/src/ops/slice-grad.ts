import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { stridedCopy } from "../kernels/strided-copy.ts";
import { type Shape, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type SliceAttrs, sliceOp } from "./slice.ts";

/** Zeros of `shape` with the values put where a slice of that shape would read them. */
export const sliceGradOp = kernel<SliceAttrs & { shape: Shape }>({
  name: "sliceGrad",
  kernel: "sliceGrad",
  shape: ({ shape }) => shape,
  reference: (out, { starts, steps }, { data, shape }) => {
    const strides = stridesOf(out.shape);
    const offset = starts.reduce((sum, start, i) => sum + start * strides[i]!, 0);
    const to = { offset, strides: steps.map((step, i) => step * strides[i]!) };
    stridedCopy(shape, out.data, to, data, { offset: 0, strides: stridesOf(shape) });
  },
  vjp: [(grad, { attrs: { shape: _, ...attrs } }) => apply(sliceOp, [grad], attrs)],
});

export function sliceGrad(grad: Tensor, shape: Shape, attrs: SliceAttrs): Tensor {
  return apply(sliceGradOp, [grad], { ...attrs, shape });
}
