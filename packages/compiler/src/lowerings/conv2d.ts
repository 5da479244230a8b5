import { type Conv2dAttrs, type Shape, sizeOf } from "@pointwise/tensor";
import { type ConvSpec, conv2dForward, conv2dInputGrad, conv2dWeightGrad } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import { atPlaces } from "./at-places.ts";
import { isNonEmptyFloat32, type KernelLowering, mapsAsMatrix } from "./lowering.ts";

type Shape4 = readonly [number, number, number, number];

/** From the shapes of pictures [N, C, H, W], weights [maps, C/groups, kH, kW] and maps [N, maps, H, W]. */
function specOf({ attrs }: OpNode, pictures: Shape, weights: Shape, maps: Shape): ConvSpec {
  const { stride, padding, dilation, groups } = attrs as Conv2dAttrs; // attributes of all three ops
  // Their shape rules see to four dimensions.
  const [, channels, height, width] = pictures as Shape4;
  const [outputs, , kernelHeight, kernelWidth] = weights as Shape4;
  const [, , outHeight, outWidth] = maps as Shape4;
  return {
    ...{ channels, height, width, maps: outputs, outHeight, outWidth, kernelHeight, kernelWidth },
    ...{ stride, padding, dilation, groups },
  };
}

const shapes = (node: OpNode) => [node.inputs[0]!.shape, node.inputs[1]!.shape, node.shape] as const;

/** Multiply-adds of all three: each weight of a map, at each of its pixels. */
const flops = (weights: Shape, maps: Shape): number => 2 * sizeOf(maps) * sizeOf(weights.slice(1));

const pictures = ({ inputs }: OpNode): number => inputs[0]!.shape[0]!;

export const conv2dLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures,
  isPerPicture: (input) => input === 0,
  outputMatrix: mapsAsMatrix,
  flops: (node) => flops(node.inputs[1]!.shape, node.shape),
  kernel: (context, node, { epilogue }) => {
    const kernel = conv2dForward(context, specOf(node, ...shapes(node)), epilogue);
    return atPlaces(kernel, ({ inputs: [x, w], output, full }) => ({ x: x!, w: w!, y: output, full }));
  },
};

export const conv2dInputGradLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures,
  isPerPicture: (input) => input === 0,
  outputMatrix: mapsAsMatrix,
  flops: (node) => flops(node.inputs[1]!.shape, node.inputs[0]!.shape),
  kernel: (context, node, { epilogue }) => {
    const [grad, w, dx] = shapes(node);
    const kernel = conv2dInputGrad(context, specOf(node, dx, w, grad), epilogue);
    return atPlaces(kernel, ({ inputs: [grad, w], output, full }) => ({ grad: grad!, w: w!, dx: output, full }));
  },
};

export const conv2dWeightGradLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures,
  accumulates: true,
  flops: (node) => flops(node.shape, node.inputs[0]!.shape),
  kernel: (context, node) => {
    const [grad, x, dw] = shapes(node);
    const kernel = conv2dWeightGrad(context, specOf(node, x, dw, grad));
    return atPlaces(kernel, ({ inputs: [grad, x], output }) => ({ grad: grad!, x: x!, dw: output }));
  },
};
