import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { stridedCopy } from "../kernels/strided-copy.ts";
import { formatShape, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Range, slice } from "./slice.ts";

export type PadWidths = readonly (readonly [before: number, after: number])[];

export const padOp = kernel<{ widths: PadWidths; value: number }>({
  name: "pad",
  kernel: "pad",
  shape: ({ widths }, shape) => {
    if (widths.length !== shape!.length || !widths.flat().every((w) => Number.isInteger(w) && w >= 0)) {
      throw new ShapeError(
        `pad: ${formatShape(shape!)} needs a pair [before, after] of whole numbers ≥ 0 for each dimension, but got ${JSON.stringify(widths)}.`,
      );
    }
    return shape!.map((d, i) => widths[i]![0] + d + widths[i]![1]);
  },
  reference: (out, { widths, value }, { data, shape }) => {
    if (value !== 0) out.data.fill(value);
    const strides = stridesOf(out.shape);
    const offset = widths.reduce((sum, [before], i) => sum + before * strides[i]!, 0);
    stridedCopy(shape, out.data, { offset, strides }, data, { offset: 0, strides: stridesOf(shape) });
  },
  vjp: [
    (grad, { inputs: [x], attrs: { widths } }) => {
      const ranges: Range[] = x!.shape.map((d, i) => [widths[i]![0], widths[i]![0] + d]);
      return slice(grad, ...ranges);
    },
  ],
});

/**
 * x with `value` put before and after it, by a pair of widths for each dimension, first dimension first.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html (which counts from the last dimension)
 * @throws ShapeError unless there is a pair of widths ≥ 0 for each dimension.
 */
export function pad(x: Tensor, widths: PadWidths, value = 0): Tensor {
  return apply(padOp, [x], { widths: widths.map((pair) => [...pair] as const), value });
}
