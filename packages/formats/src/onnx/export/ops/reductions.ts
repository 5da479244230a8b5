import { amaxOp, aminOp, logSoftmaxOp, type Op, prodOp, softmaxOp, sumOp } from "@pointwise/tensor";
import type { Builder, Value } from "../builder.ts";
import type { OpNode } from "../graph.ts";
import { type Emitter, emitter, fixedAttrs } from "../site.ts";

/** The ONNX op of each reduction. */
export const reductions: ReadonlyMap<Op, string> = new Map<Op, string>([
  [sumOp as Op, "ReduceSum"], // the map holds ops of all kinds of attributes
  [prodOp as Op, "ReduceProd"],
  [amaxOp as Op, "ReduceMax"],
  [aminOp as Op, "ReduceMin"],
]);

/** @param keepdims whether the reduced dimensions stay, with size 1. */
export function emitReduction(node: OpNode, x: Value, b: Builder, keepdims: boolean): Value {
  const { dims } = fixedAttrs(node) as { dims: readonly number[] }; // it is a reduction
  const opType = reductions.get(node.op)!;
  const dtype = node.dtype === "bool" ? "int32" : node.dtype;
  const from = b.cast(x, dtype);
  if (dims.length === 0) return b.cast(from, node.dtype);
  // From ONNX 13 on a sum takes its axes as an input; the others do from 18 on.
  const out =
    node.op === sumOp
      ? b.add(opType, [from, b.int64s(dims)], dtype, { keepdims: +keepdims })
      : b.add(opType, [from], dtype, { axes: dims, keepdims: +keepdims });
  return b.cast(out, node.dtype);
}

const softmaxes = [
  [softmaxOp, "Softmax"],
  [logSoftmaxOp, "LogSoftmax"],
] as const;

export const reductionEmitters = (): readonly (readonly [Op, Emitter])[] => [
  ...[sumOp, prodOp, amaxOp, aminOp].map((op) => emitter(op, ({ node, x, b }) => emitReduction(node, x[0]!, b, true))),
  ...softmaxes.map(([op, opType]) =>
    emitter(op, ({ node, x, b, attrs }) => b.add(opType, [b.cast(x[0]!, node.dtype)], node.dtype, { axis: attrs.dim })),
  ),
];
