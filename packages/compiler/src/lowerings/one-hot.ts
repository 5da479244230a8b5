import { sizeOf } from "@pointwise/tensor";
import { oneHot } from "@pointwise/wasm";
import type { KernelLowering } from "./lowering.ts";

export const oneHotLowering: KernelLowering = {
  accepts: ({ dtype, shape }) => dtype !== "float64" && sizeOf(shape) > 0,
  flops: () => 0,
  kernel: (context, node, { indexCheck }) => {
    const { numClasses: classes } = node.attrs as { numClasses: number }; // attributes of this op
    const count = sizeOf(node.inputs[0]!.shape);
    const { dtype: type } = node;
    if (type === "float64") throw new Error("compile: oneHot got float64.");
    const spec = { count, classes, type, labelCheck: indexCheck(0, classes, "label") };
    return {
      scratch: {},
      each: (f, { inputs: [labels], output }) => oneHot(context, f, spec, { labels: labels!, y: output }),
    };
  },
};
