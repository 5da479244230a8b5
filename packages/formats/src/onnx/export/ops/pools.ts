import {
  adaptiveAvgPool2dOp,
  adaptiveMaxPool2dIndicesOp,
  avgPool2dOp,
  maxPool2dOp,
  type Op,
  type Pool2dAttrs,
} from "@pointwise/tensor";
import type { Attributes } from "../attributes.ts";
import type { OpNode } from "../graph.ts";
import { noCounterpart } from "../no-counterpart.ts";
import { type Emitter, emitter } from "../site.ts";

/** By how much the last window hangs over the padding, below and to the right, as ceilMode lets it. */
function overhang(
  { inputs, shapes }: OpNode,
  { kernelSize, stride, padding, dilation }: Pool2dAttrs,
): readonly [number, number] {
  const direction = (i: 0 | 1) => {
    const end = (shapes[0][2 + i]! - 1) * stride[i] + dilation[i] * (kernelSize[i] - 1) + 1;
    return Math.max(0, end - inputs[0]!.shapes[0][2 + i]! - 2 * padding[i]);
  };
  return [direction(0), direction(1)];
}

/** Runtimes differ in what ceil_mode means at the edge, so it is written as padding, which they agree on. */
function attributesOf(
  { kernelSize, stride, padding: [y, x] }: Pool2dAttrs,
  [below, right]: readonly [number, number],
): Attributes {
  return { kernel_shape: kernelSize, strides: stride, pads: [y, x, y + below, x + right] };
}

const adaptive = "unless the windows have one size: choose sizes that divide the maps'";

export const poolEmitters = (): readonly (readonly [Op, Emitter])[] => [
  emitter(maxPool2dOp, ({ node, x, b, attrs }) =>
    b.add("MaxPool", x, node.dtype, { ...attributesOf(attrs, overhang(node, attrs)), dilations: attrs.dilation }),
  ),
  emitter(avgPool2dOp, ({ node, x, b, attrs }) => {
    const rest = overhang(node, attrs);
    const hangs = rest[0] > 0 || rest[1] > 0;
    const [padY, padX] = attrs.padding;
    if (!hangs || !attrs.countIncludePad || (padY === 0 && padX === 0)) {
      const count_include_pad = +(attrs.countIncludePad && !hangs);
      return b.add("AveragePool", x, node.dtype, { ...attributesOf(attrs, rest), count_include_pad });
    }
    // The padding counts in the divisor, but what hangs over does not: so one is zeros, the other padding.
    const zeros = b.int64s([0, 0, padY, padX, 0, 0, padY, padX]);
    const padded = b.add("Pad", [x[0], zeros, b.scalar(0, node.dtype)], node.dtype, { mode: "constant" });
    return b.add("AveragePool", [padded], node.dtype, {
      ...attributesOf({ ...attrs, padding: [0, 0] }, rest),
      count_include_pad: 0,
    });
  }),
  emitter(adaptiveAvgPool2dOp, () => {
    throw noCounterpart("adaptiveAvgPool2d", adaptive);
  }),
  emitter(adaptiveMaxPool2dIndicesOp, () => {
    throw noCounterpart("adaptiveMaxPool2d", adaptive);
  }),
];
