import { conv2dOp, matmulOp, type Op } from "@pointwise/tensor";
import type { Attributes } from "../attributes.ts";
import type { Builder, Value } from "../builder.ts";
import { type Node, type OpNode, rankOf } from "../graph.ts";
import { type Emitter, emitter, fixedAttrs } from "../site.ts";

export const productEmitters = (): readonly (readonly [Op, Emitter])[] => [
  emitter(conv2dOp, ({ node, x, b }) => emitConv2d(node, x, b)),
  emitter(matmulOp, ({ node, x, b, attrs: { transposeA, transposeB } }) => {
    if (rankOf(node.inputs[0]!) === 2 && rankOf(node.inputs[1]!) === 2 && (transposeA || transposeB)) {
      return emitGemm(node, x, b);
    }
    const factor = (i: 0 | 1, transposed: boolean) => (transposed ? emitTransposed(node.inputs[i]!, x[i]!, b) : x[i]);
    return b.add("MatMul", [factor(0, transposeA), factor(1, transposeB)], node.dtype);
  }),
];

/** @param x maps, weights and, optionally, biases. */
export function emitConv2d(node: OpNode, x: readonly Value[], b: Builder): Value {
  const { stride, padding, dilation, groups } = attrsOf(node);
  const [[top, bottom], [left, right]] = padding;
  const attributes: Attributes = {
    kernel_shape: node.inputs[1]!.shapes[0].slice(2),
    strides: stride,
    pads: [top, left, bottom, right],
    dilations: dilation,
    group: groups,
  };
  return b.add("Conv", x, node.dtype, attributes);
}

/** @param x two matrices and, optionally, what is added to each row of their product. */
export function emitGemm(node: OpNode, x: readonly Value[], b: Builder): Value {
  const { transposeA, transposeB } = fixedAttrs(node) as Attrs<typeof matmulOp>; // it is a matmul
  return b.add("Gemm", x, node.dtype, { transA: +transposeA, transB: +transposeB });
}

/** The last two dimensions swapped. */
export function emitTransposed(node: Node, x: Value, b: Builder): Value {
  const rank = rankOf(node);
  const perm = Array.from({ length: rank }, (_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i));
  return b.add("Transpose", [x], node.dtype, { perm });
}

type Attrs<O> = O extends Op<infer A> ? A : never;

/** Of a node that is a conv2d. */
const attrsOf = (node: OpNode) => fixedAttrs(node) as Attrs<typeof conv2dOp>;
