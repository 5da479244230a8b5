import type { MatmulAttrs } from "@pointwise/tensor";
import { kernelOf } from "../lowerings/kernel-of.ts";
import type { Node, OpNode } from "../trace/graph.ts";
import type { NodeTable } from "./node-table.ts";

/** Whether the node is the transposition of matrices, its last two dimensions exchanged. */
function transposed(node: Node): Node | undefined {
  if (node.kind !== "op" || kernelOf(node) !== "permute") return undefined;
  // Attributes of this kernel.
  const { dims } = node.attrs as { dims: readonly number[] };
  const last = dims.length - 1;
  const swaps = dims.every((d, i) => d === (i === last ? last - 1 : i === last - 1 ? last : i));
  return swaps ? node.inputs[0] : undefined;
}

/** Transpositions of a product's operands become flags of the product. */
export function matmulOfTransposed(table: NodeTable, node: OpNode, inputs: readonly Node[]): Node {
  const { transposeA, transposeB } = node.attrs as MatmulAttrs; // attributes of this kernel
  const [a, b] = inputs as readonly [Node, Node];
  const [ofA, ofB] = [transposed(a), transposed(b)];
  const attrs = { transposeA: transposeA !== (ofA !== undefined), transposeB: transposeB !== (ofB !== undefined) };
  return table.op(node.op, [ofA ?? a, ofB ?? b], attrs, node.shape, node.dtype);
}

/** (A·B)ᵀ = Bᵀ·Aᵀ; and a transposition undoes another. */
export function transposedMatmul(table: NodeTable, node: OpNode, input: Node): Node | undefined {
  const twice = transposed({ ...node, inputs: [input] }) && transposed(input);
  if (twice) return twice;
  const isProduct = input.kind === "op" && kernelOf(input) === "matmul" && node.shape.length === 2;
  if (!isProduct || !transposed({ ...node, inputs: [input] })) return undefined;
  const { transposeA, transposeB } = input.attrs as MatmulAttrs; // attributes of this kernel
  const [a, b] = input.inputs as readonly [Node, Node];
  const attrs = { transposeA: !transposeB, transposeB: !transposeA };
  return table.op(input.op, [b, a], attrs, node.shape, node.dtype);
}
