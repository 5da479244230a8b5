import { sizeOf } from "@pointwise/tensor";
import { logSoftmax, softmax, softmaxCrossEntropy } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import { kernelOf } from "./kernel-of.ts";
import { dimOf, linesAlong } from "./lines.ts";
import { isNonEmptyFloat32, type KernelLowering, type Kernels } from "./lowering.ts";
import { oneHotLowering } from "./one-hot.ts";

/** Maximum, difference, exponential, sum and quotient of each element, the exponential for one. */
const flops = ({ inputs }: OpNode): number => 5 * sizeOf(inputs[0]!.shape);

/* @__NO_SIDE_EFFECTS__ */
function along(write: typeof softmax): KernelLowering {
  return {
    accepts: isNonEmptyFloat32,
    flops,
    kernel: (context, node) => ({
      scratch: {},
      each: (f, { inputs: [x], output }) =>
        write(context, f, linesAlong(node.inputs[0]!.shape, dimOf(node)), { x: x!, y: output }),
    }),
  };
}

/** The losses, and along with them the probabilities that their gradient needs. */
const softmaxCrossEntropyLowering: KernelLowering = {
  accepts: ({ inputs: [logits], shape }) =>
    logits!.dtype === "float32" && sizeOf(shape) > 0 && sizeOf(logits!.shape) > 0,
  isMate: (main, other) => kernelOf(other) === "softmax" && other.inputs[0] === main.inputs[0] && dimOf(other) === 1,
  flops,
  kernel: (context, node, { indexCheck }) => {
    const spec = {
      ...linesAlong(node.inputs[0]!.shape, 1),
      labelCheck: indexCheck(1, node.inputs[0]!.shape[1]!, "label"),
    };
    return {
      scratch: {},
      each: (f, { inputs: [logits, labels], output, mate }) =>
        softmaxCrossEntropy(context, f, spec, {
          logits: logits!,
          labels: labels!,
          losses: output,
          probabilities: mate,
        }),
    };
  },
};

/** Kernels of classification: softmax, cross-entropy, and the labels' rows that its gradient subtracts. */
export const softmaxKernels: Kernels = {
  softmax: along(softmax),
  logSoftmax: along(logSoftmax),
  softmaxCrossEntropy: softmaxCrossEntropyLowering,
  oneHot: oneHotLowering,
};
