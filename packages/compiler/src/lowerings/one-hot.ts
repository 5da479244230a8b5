import { sizeOf } from "@pointwise/tensor";
import { oneHot } from "@pointwise/wasm";
import { elementType } from "./element-type.ts";
import type { KernelLowering } from "./lowering.ts";

export const oneHotLowering: KernelLowering = {
  accepts: ({ dtype, shape }) => dtype !== "float64" && sizeOf(shape) > 0,
  flops: () => 0,
  kernel: (context, node, { indexCheck }) => {
    const { numClasses: classes } = node.attrs as { numClasses: number }; // attributes of this op
    const count = sizeOf(node.inputs[0]!.shape);
    const spec = { count, classes, type: elementType(node), labelCheck: indexCheck(0, classes, "label") };
    return {
      scratch: {},
      each: (f, { inputs: [labels], output }) => oneHot(context, f, spec, { labels: labels!, y: output }),
    };
  },
};
