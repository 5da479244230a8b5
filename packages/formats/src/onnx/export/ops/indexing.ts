import {
  argmaxOp,
  argminOp,
  argsortOp,
  cumsumOp,
  gatherOp,
  indexSelectOp,
  type Op,
  oneHotOp,
  scatterAddOp,
  tensor,
} from "@pointwise/tensor";
import { isFixed } from "../graph.ts";
import { dependsOnBatch, type Emitter, emitter, type Site } from "../site.ts";

/** ONNX counts places in int64. */
const int32Of = (opType: string) => (site: Site<{ readonly dim: number }>) => {
  const { x, b, attrs } = site;
  return b.fromInt64(b.addInt64(opType, x, { axis: attrs.dim, keepdims: 1 }), "int32");
};

export const indexingEmitters = (): readonly (readonly [Op, Emitter])[] => [
  emitter(gatherOp, ({ node, x, b, attrs }) => b.add("GatherElements", x, node.dtype, { axis: attrs.dim })),
  emitter(indexSelectOp, ({ node, x, b, attrs }) => b.add("Gather", x, node.dtype, { axis: attrs.dim })),
  emitter(scatterAddOp, ({ node, x, b, attrs }) =>
    b.add("ScatterElements", x, node.dtype, { axis: attrs.dim, reduction: "add" }),
  ),
  emitter(argmaxOp, int32Of("ArgMax")),
  emitter(argminOp, int32Of("ArgMin")),
  emitter(argsortOp, ({ node, x, b, attrs: { dim, descending } }) => {
    if (!isFixed(node, dim)) throw dependsOnBatch("argsort", "it sorts along the batch");
    const inputs = [x[0]!, b.int64s([node.shapes[0][dim]!])];
    return b.fromInt64(b.addInt64("TopK", inputs, { axis: dim, largest: +descending, sorted: 1 }, 1), "int32");
  }),
  emitter(cumsumOp, ({ node, x, b, attrs }) =>
    b.add("CumSum", [b.cast(x[0]!, node.dtype), b.scalar(attrs.dim, "int32")], node.dtype),
  ),
  emitter(oneHotOp, ({ node, x, b, attrs }) => {
    // The types that ONNX Runtime has the op for.
    const [depth, offAndOn] = [b.scalar(attrs.numClasses, "int32"), b.tensor("float32:[0,1]", () => tensor([0, 1]))];
    return b.cast(b.add("OneHot", [x[0], depth, offAndOn], "float32", { axis: -1 }), node.dtype);
  }),
];
