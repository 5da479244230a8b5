import { broadcastToOp, mulOp, reshapeOp, type Shape, sameShape } from "@pointwise/tensor";
import { owner } from "../fuse/item.ts";
import { kernelOf } from "../lowerings/kernel-of.ts";
import {
  type Graph,
  type InputNode,
  isLeaf,
  type Node,
  type OpNode,
  reachable,
  type StateNode,
} from "../trace/graph.ts";
import { evaluate, usesIndex } from "./fold-constants.ts";
import { NodeTable } from "./node-table.ts";
import { matmulOfTransposed, transposedMatmul } from "./rewrite-matmul.ts";

/**
 * The same function with fewer nodes: what nothing depends on is gone, equal computations are one, constants are computed, views are
 * reshapes at most one deep, broadcasts are left to the elementwise ops that read them, and transpositions to the products.
 */
export function simplify(graph: Graph): Graph {
  const table = new NodeTable();
  const simplified = new Map<Node, Node>();
  const of = (node: Node): Node => simplified.get(node)!;
  const roots = [...graph.outputs, ...graph.assignments.flatMap(({ state, value }) => [state, value]), ...graph.inputs];
  for (const node of reachable(graph.nodes, roots)) simplified.set(node, simplifyNode(table, graph, node, of));
  // Inputs and states that are assigned to stay what they are.
  const assignments = graph.assignments.map(({ state, value }) => ({
    state: of(state) as StateNode,
    value: computed(table, of(value)),
  }));
  const inputs = graph.inputs.map((input) => of(input) as InputNode);
  const outputs = graph.outputs.map((output) => computed(table, of(output)));
  const kept = [...outputs, ...assignments.flatMap(({ state, value }) => [state, value]), ...inputs];
  return { ...graph, nodes: reachable(table.nodes, kept), inputs, outputs, assignments };
}

/** A value in memory of its own: the value of a constant or of another state may not be there any more when it is written. */
function computed(table: NodeTable, node: Node): Node {
  const { shape, dtype } = node;
  return isLeaf(owner(node)) ? table.op(broadcastToOp, [node], { shape }, shape, dtype) : node;
}

/** What is no elementwise op reads its operands from memory, or as they are computed. */
function operand(table: NodeTable, node: Node): Node {
  return node.kind === "constant" ? computed(table, node) : node;
}

function simplifyNode(table: NodeTable, graph: Graph, node: Node, of: (node: Node) => Node): Node {
  switch (node.kind) {
    case "constant":
      return table.constant(node.value, node.dtype);
    case "input":
      return table.leaf(node);
    case "state": {
      const value = graph.filled.get(node.storage);
      if (value === undefined) return table.leaf(node);
      return stretch(table, table.constant(value, node.dtype), node.shape);
    }
    case "op":
      return simplifyOp(table, node, node.inputs.map(of));
  }
}

function simplifyOp(table: NodeTable, node: OpNode, inputs: readonly Node[]): Node {
  const { op, attrs, shape, dtype } = node;
  const first = inputs[0]!;
  switch (op.kind) {
    case "view":
      return reshaped(table, first, shape);
    case "elementwise": {
      const operands = inputs.map(withoutBroadcast);
      if (op === broadcastToOp) return stretch(table, operands[0]!, shape);
      if (operands.every((x) => x.kind === "constant") && !usesIndex(op, attrs, inputs.length)) {
        const value = evaluate(
          op,
          attrs,
          operands.map((x) => x.value),
          dtype,
        );
        return stretch(table, table.constant(value, dtype), shape);
      }
      const factor = op === mulOp ? timesOne(operands, node) : undefined;
      return factor ?? table.op(op, operands, attrs, shape, dtype);
    }
    default: {
      const operands = inputs.map((x) => operand(table, x));
      if (kernelOf(node) === "matmul") return matmulOfTransposed(table, node, operands);
      if (kernelOf(node) === "permute") {
        const other = transposedMatmul(table, node, first);
        if (other) return other;
      }
      return table.op(op, operands, attrs, shape, dtype);
    }
  }
}

/** Elementwise ops broadcast by themselves. */
function withoutBroadcast(node: Node): Node {
  return node.kind === "op" && node.op === broadcastToOp ? node.inputs[0]! : node;
}

function stretch(table: NodeTable, node: Node, shape: Shape): Node {
  return sameShape(node.shape, shape) ? node : table.op(broadcastToOp, [node], { shape }, shape, node.dtype);
}

/** One number stays one number in any shape, and a view of a view is a view. */
function reshaped(table: NodeTable, node: Node, shape: Shape): Node {
  if (sameShape(node.shape, shape)) return node;
  const source = withoutBroadcast(node);
  if (source.kind === "constant") return stretch(table, source, shape);
  const viewed = node.kind === "op" && node.op === reshapeOp ? node.inputs[0]! : node;
  if (sameShape(viewed.shape, shape)) return viewed;
  return table.op(reshapeOp, [viewed], { shape }, shape, node.dtype);
}

function timesOne(operands: readonly Node[], { shape, dtype }: OpNode): Node | undefined {
  const isOne = (x: Node) => x.kind === "constant" && x.value === 1;
  const isSame = (x: Node) => sameShape(x.shape, shape) && x.dtype === dtype;
  const [a, b] = operands as readonly [Node, Node];
  if (isOne(a) && isSame(b)) return b;
  return isOne(b) && isSame(a) ? a : undefined;
}
