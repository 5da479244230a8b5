import { type Conv2dAttrs, type Shape, sizeOf } from "@pointwise/tensor";
import {
  type ConvSpec,
  conv2dForward,
  conv2dInputGrad,
  conv2dWeightGrad,
  type Epilogue,
  type GemmSpec,
} from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import { atPlaces } from "./at-places.ts";
import { isNonEmptyFloat32, type KernelLowering, type Kernels, mapsAsMatrix, type OutputMatrix } from "./lowering.ts";
import { product } from "./product.ts";

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

const forwardSpec = (node: OpNode) => specOf(node, ...shapes(node));

function inputGradSpec(node: OpNode): ConvSpec {
  const [grad, w, dx] = shapes(node);
  return specOf(node, dx, w, grad);
}

function weightGradSpec(node: OpNode): ConvSpec {
  const [grad, x, dw] = shapes(node);
  return specOf(node, x, dw, grad);
}

/** Whether maps have one pixel, which sees all of the picture: a dense layer, one product for all pictures. */
function isDense(spec: ConvSpec): boolean {
  const { height, width, outHeight, outWidth, kernelHeight, kernelWidth, padding, groups } = spec;
  return (
    groups === 1 &&
    [outHeight, outWidth].every((size) => size === 1) &&
    [kernelHeight, kernelWidth].every((size, i) => size === [height, width][i]) &&
    padding.flat().every((size) => size === 0)
  );
}

/** The product that a dense layer is, or the gradient by one of its operands. Its epilogue sees a row for each picture, or each map of weights. */
function dense(
  m: number,
  n: number,
  k: number,
  transposed: "A" | "B" | "none",
  epilogue: Epilogue | undefined,
): GemmSpec {
  return {
    ...{ m, n, k, ldc: n, accumulate: false, epilogue },
    ...{ transposeA: transposed === "A", lda: transposed === "A" ? m : k },
    ...{ transposeB: transposed === "B", ldb: transposed === "B" ? k : n },
  };
}

const pictureSize = ({ channels, height, width }: ConvSpec): number => channels * height * width;

/** How many pictures are taken one at a time. */
/* @__NO_SIDE_EFFECTS__ */
const picturesOf =
  (specOf: (node: OpNode) => ConvSpec) =>
  (node: OpNode): number =>
    isDense(specOf(node)) ? 0 : node.inputs[0]!.shape[0]!;

/* @__NO_SIDE_EFFECTS__ */
const matrixOf =
  (specOf: (node: OpNode) => ConvSpec) =>
  (node: OpNode): OutputMatrix =>
    isDense(specOf(node)) ? { rows: [0], columns: [1, 2, 3] } : mapsAsMatrix();

/** Multiply-adds of all three: each weight of a map, at each of its pixels. */
const flops = (weights: Shape, maps: Shape): number => 2 * sizeOf(maps) * sizeOf(weights.slice(1));

const conv2dLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures: picturesOf(forwardSpec),
  isPerPicture: (input) => input === 0,
  outputMatrix: matrixOf(forwardSpec),
  flops: (node) => flops(node.inputs[1]!.shape, node.shape),
  kernel: (context, node, { epilogue }) => {
    const spec = forwardSpec(node);
    if (isDense(spec)) {
      return product(context, dense(node.shape[0]!, spec.maps, pictureSize(spec), "B", epilogue));
    }
    const kernel = conv2dForward(context, spec, epilogue);
    return atPlaces(kernel, ({ inputs: [x, w], output, full }) => ({ x: x!, w: w!, y: output, full }));
  },
};

const conv2dInputGradLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures: picturesOf(inputGradSpec),
  isPerPicture: (input) => input === 0,
  outputMatrix: matrixOf(inputGradSpec),
  flops: (node) => flops(node.inputs[1]!.shape, node.inputs[0]!.shape),
  kernel: (context, node, { epilogue }) => {
    const spec = inputGradSpec(node);
    if (isDense(spec)) {
      return product(context, dense(node.shape[0]!, pictureSize(spec), spec.maps, "none", epilogue));
    }
    const kernel = conv2dInputGrad(context, spec, epilogue);
    return atPlaces(kernel, ({ inputs: [grad, w], output, full }) => ({ grad: grad!, w: w!, dx: output, full }));
  },
};

const conv2dWeightGradLowering: KernelLowering = {
  accepts: isNonEmptyFloat32,
  pictures: picturesOf(weightGradSpec),
  accumulates: true,
  outputMatrix: (node) => (isDense(weightGradSpec(node)) ? { rows: [0], columns: [1, 2, 3] } : undefined),
  flops: (node) => flops(node.shape, node.inputs[0]!.shape),
  kernel: (context, node, { epilogue }) => {
    const spec = weightGradSpec(node);
    const count = node.inputs[0]!.shape[0]!;
    if (isDense(spec)) return product(context, dense(spec.maps, pictureSize(spec), count, "A", epilogue));
    const kernel = conv2dWeightGrad(context, spec);
    return atPlaces(kernel, ({ inputs: [grad, x], output }) => ({ grad: grad!, x: x!, dw: output }));
  },
};

/** Kernels of convolutions and their gradients. */
export const convKernels: Kernels = {
  conv2d: conv2dLowering,
  conv2dInputGrad: conv2dInputGradLowering,
  conv2dWeightGrad: conv2dWeightGradLowering,
};
