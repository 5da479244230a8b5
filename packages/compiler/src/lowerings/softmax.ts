import { sizeOf, softmaxCrossEntropyOp, softmaxOp } from "@pointwise/tensor";
import { logSoftmax, softmax, softmaxCrossEntropy } from "@pointwise/wasm";
import type { OpNode } from "../trace/graph.ts";
import { dimOf, linesAlong } from "./lines.ts";
import { isNonEmptyFloat32, type KernelLowering } from "./lowering.ts";

/** Maximum, difference, exponential, sum and quotient of each element, the exponential for one. */
const flops = ({ inputs }: OpNode): number => 5 * sizeOf(inputs[0]!.shape);

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

export const softmaxLowering = along(softmax);
export const logSoftmaxLowering = along(logSoftmax);

/** The losses, and along with them the probabilities that their gradient needs. */
export const softmaxCrossEntropyLowering: KernelLowering = {
  accepts: ({ inputs: [logits], shape }) =>
    logits!.dtype === "float32" && sizeOf(shape) > 0 && sizeOf(logits!.shape) > 0,
  isMate: (main, other) =>
    main.op === softmaxCrossEntropyOp &&
    other.op === softmaxOp &&
    other.inputs[0] === main.inputs[0] &&
    dimOf(other) === 1,
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
