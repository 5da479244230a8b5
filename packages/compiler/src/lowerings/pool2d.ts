import {
  type AdaptivePool2dAttrs,
  type AvgPool2dAttrs,
  adaptivePool2dWindows,
  type Pool2dAttrs,
  type PoolWindows,
  pool2dWindows,
  type Shape,
  sizeOf,
  windowSizes,
} from "@pointwise/tensor";
import {
  type AvgPoolSpec,
  avgPool2d,
  avgPool2dGrad,
  isPairs,
  maxPool2d,
  maxPool2dGrad,
  maxPool2dIndices,
  type PoolSpec,
} from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import { atPlaces } from "./at-places.ts";
import { isNonEmptyFloat32, type KernelLowering, type Kernels, mapsAsMatrix } from "./lowering.ts";

type WindowsOf = (attrs: unknown, maps: Shape, pooled: Shape) => readonly [rows: PoolWindows, columns: PoolWindows];

// Both are called with the attributes of their ops.
const sliding: WindowsOf = (attrs, maps, pooled) => pool2dWindows(attrs as Pool2dAttrs, maps, pooled);
const adaptive: WindowsOf = (_, maps, pooled) => adaptivePool2dWindows(maps, pooled);

function specOf(node: OpNode, windows: WindowsOf, maps: Shape, pooled: Shape): PoolSpec {
  const [rows, columns] = windows(node.attrs, maps, pooled);
  return { channels: maps[1]!, height: maps[2]!, width: maps[3]!, rows, columns };
}

function avgSpecOf(node: OpNode, windows: WindowsOf, maps: Shape, pooled: Shape): AvgPoolSpec {
  const [rows, columns] = windows(node.attrs, maps, pooled);
  const { countIncludePad } = node.attrs as Partial<AvgPool2dAttrs & AdaptivePool2dAttrs>; // of one of both
  const divisor = (windows: PoolWindows) => (countIncludePad ? windows.padded : windowSizes(windows));
  return {
    ...specOf(node, windows, maps, pooled),
    divisors: { rows: divisor(rows), columns: divisor(columns) },
  };
}

const pictures = ({ shape }: OpNode): number => shape[0]!;

const common = { accepts: isNonEmptyFloat32, pictures };

/** A comparison or addition for each entry of each window. */
function flops(node: OpNode, windows: WindowsOf, maps: Shape, pooled: Shape): number {
  const [rows, columns] = windows(node.attrs, maps, pooled).map((w) => windowSizes(w).reduce((a, b) => a + b, 0));
  return sizeOf(maps.slice(0, 2)) * rows! * columns!;
}

/* @__NO_SIDE_EFFECTS__ */
function maxPool(windows: WindowsOf): KernelLowering {
  return {
    ...common,
    flops: (node) => flops(node, windows, node.inputs[0]!.shape, node.shape),
    kernel: (context, node) =>
      atPlaces(
        maxPool2d(context, specOf(node, windows, node.inputs[0]!.shape, node.shape)),
        ({ inputs: [x], output }) => ({ x: x!, y: output }),
      ),
  };
}

/* @__NO_SIDE_EFFECTS__ */
function maxPoolIndices(windows: WindowsOf): KernelLowering {
  return {
    ...common,
    accepts: (node) => node.inputs[0]!.dtype === "float32" && sizeOf(node.shape) > 0,
    flops: (node) => flops(node, windows, node.inputs[0]!.shape, node.shape),
    kernel: (context, node) =>
      atPlaces(
        maxPool2dIndices(context, specOf(node, windows, node.inputs[0]!.shape, node.shape)),
        ({ inputs: [x], output }) => ({ x: x!, indices: output }),
      ),
  };
}

const maxPool2dGradLowering: KernelLowering = {
  // Not `...common`: bundlers keep an object that spreads another, whose getters might do something.
  accepts: isNonEmptyFloat32,
  pictures,
  outputMatrix: (node) =>
    isPairs(specOf(node, sliding, node.shape, node.inputs[0]!.shape)) ? mapsAsMatrix() : undefined,
  flops: (node) => flops(node, sliding, node.shape, node.inputs[0]!.shape),
  kernel: (context, node, { epilogue }) =>
    atPlaces(
      maxPool2dGrad(context, { ...specOf(node, sliding, node.shape, node.inputs[0]!.shape), epilogue }),
      ({ inputs: [grad, x], output, full }) => ({ grad: grad!, x: x!, dx: output, full }),
    ),
};

/* @__NO_SIDE_EFFECTS__ */
function avgPool(windows: WindowsOf): KernelLowering {
  return {
    ...common,
    flops: (node) => flops(node, windows, node.inputs[0]!.shape, node.shape),
    kernel: (context, node) =>
      atPlaces(
        avgPool2d(context, avgSpecOf(node, windows, node.inputs[0]!.shape, node.shape)),
        ({ inputs: [x], output }) => ({ x: x!, y: output }),
      ),
  };
}

/* @__NO_SIDE_EFFECTS__ */
function avgPoolGrad(windows: WindowsOf): KernelLowering {
  return {
    ...common,
    flops: (node) => flops(node, windows, node.shape, node.inputs[0]!.shape),
    kernel: (context, node) =>
      atPlaces(
        avgPool2dGrad(context, avgSpecOf(node, windows, node.shape, node.inputs[0]!.shape)),
        ({ inputs: [grad], output }) => ({ grad: grad!, dx: output }),
      ),
  };
}

/** Kernels of pools and their gradients. */
export const poolKernels: Kernels = {
  maxPool2d: maxPool(sliding),
  maxPool2dGrad: maxPool2dGradLowering,
  maxPool2dIndices: maxPoolIndices(sliding),
  adaptiveMaxPool2dIndices: maxPoolIndices(adaptive),
  avgPool2d: avgPool(sliding),
  avgPool2dGrad: avgPoolGrad(sliding),
  adaptiveAvgPool2d: avgPool(adaptive),
  adaptiveAvgPool2dGrad: avgPoolGrad(adaptive),
};
