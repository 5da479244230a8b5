import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { stridedCopy } from "../kernels/strided-copy.ts";
import { formatShape, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { sliceGrad } from "./slice-grad.ts";

/** [start, stop] or [start, stop, step], as in Python's start:stop:step; null takes the whole dimension. */
export type Range = readonly [start: number, stop: number, step?: number] | null;

export interface SliceAttrs {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly sizes: readonly number[];
}

export const sliceOp = kernel<SliceAttrs>({
  name: "slice",
  kernel: "slice",
  shape: ({ sizes }) => sizes,
  reference: (out, { starts, steps }, { data, shape }) => {
    const strides = stridesOf(shape);
    const offset = starts.reduce((sum, start, i) => sum + start * strides[i]!, 0);
    const from = { offset, strides: steps.map((step, i) => step * strides[i]!) };
    stridedCopy(out.shape, out.data, { offset: 0, strides: stridesOf(out.shape) }, data, from);
  },
  vjp: [(grad, { inputs: [x], attrs }) => sliceGrad(grad, x!.shape, attrs)],
});

/**
 * A part of each dimension. Negative positions count from the end, positions beyond the end stop at it, dimensions
 * without a range stay whole: `slice(x, [0, 2], null, [-3, Infinity])` is NumPy's `x[0:2, :, -3:]`.
 * @throws ShapeError for too many ranges, a position that is no whole number, or a step that is not a positive whole number.
 */
export function slice(x: Tensor, ...ranges: readonly Range[]): Tensor {
  if (ranges.length > x.rank) {
    throw new ShapeError(`slice: ${ranges.length} ranges for ${formatShape(x.shape)}, which has ${x.rank} dimensions.`);
  }
  const parts = x.shape.map((d, i) => normalizeRange(ranges[i] ?? [0, d], d));
  return apply(sliceOp, [x], {
    starts: parts.map((p) => p.start),
    steps: parts.map((p) => p.step),
    sizes: parts.map((p) => p.size),
  });
}

function normalizeRange([start, stop, step = 1]: NonNullable<Range>, size: number) {
  if (!Number.isInteger(step) || step < 1) {
    throw new ShapeError(
      `slice: the step must be a whole number ≥ 1, but is ${step}. Use flip to reverse a dimension.`,
    );
  }
  for (const at of [start, stop]) {
    if (!Number.isInteger(at) && Math.abs(at) !== Infinity) {
      throw new ShapeError(`slice: positions must be whole numbers (or ±Infinity), but one is ${at}.`);
    }
  }
  const clip = (at: number) => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const [from, to] = [clip(start), clip(stop)];
  return { start: from, step, size: Math.max(0, Math.ceil((to - from) / step)) };
}
