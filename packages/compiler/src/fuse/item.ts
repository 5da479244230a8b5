import type { Shape } from "@pointwise/tensor";
import type { KernelLowering } from "../lowerings/lowering.ts";
import type { Node, OpNode } from "../trace/graph.ts";

/** What becomes one piece of code. */
export type Item = KernelItem | LoopItem | ScalarItem | ReferenceItem;

/** An op with a kernel, and elementwise ops that are applied to its results before they are stored. */
export interface KernelItem {
  readonly kind: "kernel";
  readonly lowering: KernelLowering;
  readonly main: OpNode;
  /** Another op that the same kernel computes along. */
  mate: OpNode | undefined;
  /** In order; the last one is what is stored. */
  readonly epilogue: OpNode[];
}

/** Elementwise ops and reductions over arrays of one shape, in one pass over memory. */
export interface LoopItem {
  readonly kind: "loop";
  readonly shape: Shape;
  nodes: OpNode[];
}

/** Ops on single numbers, in float64. */
export interface ScalarItem {
  readonly kind: "scalars";
  readonly nodes: OpNode[];
}

/** An op that has no kernel: its reference runs in JavaScript. */
export interface ReferenceItem {
  readonly kind: "reference";
  readonly main: OpNode;
}

export function nodesOf(item: Item): readonly OpNode[] {
  switch (item.kind) {
    case "kernel":
      return [item.main, ...(item.mate ? [item.mate] : []), ...item.epilogue];
    case "reference":
      return [item.main];
    default:
      return item.nodes;
  }
}

/** The node whose memory holds the values: views have none of their own. */
export function owner(node: Node): Node {
  let at = node;
  while (at.kind === "op" && at.op.kind === "view") at = at.inputs[0]!;
  return at;
}

export const isReduction = (node: OpNode): boolean => node.op.kind === "reduce";

/** The shape of the loop that computes a node. */
export const loopShape = (node: OpNode): Shape => (isReduction(node) ? node.inputs[0]!.shape : node.shape);
