import type { Op } from "@pointwise/tensor";
import type { Builder, Value } from "../builder.ts";
import type { Node, OpNode } from "../graph.ts";

/** Several ops that are one or few in ONNX. */
export interface Match {
  /** What is computed on the way, and must be needed for nothing else. */
  readonly inner: readonly Node[];
  /** What is computed from. */
  readonly inputs: readonly Node[];
  /** @param x the inputs. */
  emit(x: readonly Value[], b: Builder): Value;
}

/** Looks for ops that together compute the node. */
export type Pattern = (node: OpNode) => Match | undefined;

/** The inputs of a node, if it is of the op. */
export const operands = <A>(node: Node | undefined, op: Op<A>): readonly Node[] | undefined =>
  node?.kind === "op" && node.op === op ? node.inputs : undefined;

export const isOp = <A>(node: Node | undefined, op: Op<A>): node is OpNode => node?.kind === "op" && node.op === op;

/** Both orders of the inputs of a node of two, if it is of the op. */
export function eitherOrder<A>(node: Node | undefined, op: Op<A>): readonly (readonly [Node, Node])[] {
  const [a, b] = operands(node, op) ?? [];
  if (!a || !b) return [];
  return [
    [a, b],
    [b, a],
  ];
}

/** The first that is found. */
export function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
