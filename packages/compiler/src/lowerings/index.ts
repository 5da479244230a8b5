import {
  adaptiveAvgPool2dGradOp,
  adaptiveAvgPool2dOp,
  adaptiveMaxPool2dIndicesOp,
  avgPool2dGradOp,
  avgPool2dOp,
  conv2dInputGradOp,
  conv2dOp,
  conv2dWeightGradOp,
  logSoftmaxOp,
  matmulOp,
  maxPool2dGradOp,
  maxPool2dIndicesOp,
  maxPool2dOp,
  oneHotOp,
  softmaxCrossEntropyOp,
  softmaxOp,
} from "@pointwise/tensor";
import type { OpNode } from "../trace/graph.ts";
import { conv2dInputGradLowering, conv2dLowering, conv2dWeightGradLowering } from "./conv2d.ts";
import { copyLowerings } from "./copies.ts";
import { indexingLowerings } from "./indexing.ts";
import type { KernelLowering } from "./lowering.ts";
import { matmulLowering } from "./matmul.ts";
import { oneHotLowering } from "./one-hot.ts";
import {
  adaptiveAvgPool2dGradLowering,
  adaptiveAvgPool2dLowering,
  adaptiveMaxPool2dIndicesLowering,
  avgPool2dGradLowering,
  avgPool2dLowering,
  maxPool2dGradLowering,
  maxPool2dIndicesLowering,
  maxPool2dLowering,
} from "./pool2d.ts";
import { logSoftmaxLowering, softmaxCrossEntropyLowering, softmaxLowering } from "./softmax.ts";

/** Kernels by op. Elementwise ops and reductions need none: loops are made of their expressions. */
const lowerings = new Map<unknown, KernelLowering>([
  [matmulOp, matmulLowering],
  [conv2dOp, conv2dLowering],
  [conv2dInputGradOp, conv2dInputGradLowering],
  [conv2dWeightGradOp, conv2dWeightGradLowering],
  [maxPool2dOp, maxPool2dLowering],
  [maxPool2dGradOp, maxPool2dGradLowering],
  [maxPool2dIndicesOp, maxPool2dIndicesLowering],
  [adaptiveMaxPool2dIndicesOp, adaptiveMaxPool2dIndicesLowering],
  [avgPool2dOp, avgPool2dLowering],
  [avgPool2dGradOp, avgPool2dGradLowering],
  [adaptiveAvgPool2dOp, adaptiveAvgPool2dLowering],
  [adaptiveAvgPool2dGradOp, adaptiveAvgPool2dGradLowering],
  [softmaxOp, softmaxLowering],
  [logSoftmaxOp, logSoftmaxLowering],
  [softmaxCrossEntropyOp, softmaxCrossEntropyLowering],
  [oneHotOp, oneHotLowering],
  ...copyLowerings,
  ...indexingLowerings,
]);

/** The kernel for a node, if there is one that covers it. */
export function loweringOf(node: OpNode): KernelLowering | undefined {
  const lowering = lowerings.get(node.op);
  return lowering?.accepts(node) ? lowering : undefined;
}
