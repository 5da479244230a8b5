import type { DType, Op, Shape, Storage } from "@pointwise/tensor";

/** A value of the traced function. Nodes only refer to earlier ones. */
export type Node = InputNode | StateNode | ConstantNode | OpNode;

interface NodeBase {
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** An argument of the function. */
export interface InputNode extends NodeBase {
  readonly kind: "input";
  readonly index: number;
}

/** What a tensor made outside holds when a call begins: a parameter, optimizer state, any captured tensor. */
export interface StateNode extends NodeBase {
  readonly kind: "state";
  readonly storage: Storage;
}

/** A number, 0-d. Elementwise nodes broadcast it. */
export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: number;
}

/** An op applied to earlier values. */
export interface OpNode extends NodeBase {
  readonly kind: "op";
  readonly op: Op;
  readonly attrs: unknown;
  readonly inputs: readonly Node[];
}

export interface Assignment {
  readonly state: StateNode;
  readonly value: Node;
}

/** What one call of the function does. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly inputs: readonly InputNode[];
  readonly outputs: readonly Node[];
  /** States that never change: tensors the function filled with one number while it was traced. */
  readonly filled: ReadonlyMap<Storage, number>;
  /** At the end of a call, each state once. */
  readonly assignments: readonly Assignment[];
}

export const inputsOf = (node: Node): readonly Node[] => (node.kind === "op" ? node.inputs : []);

export const isLeaf = (node: Node): boolean => node.kind !== "op";

/** The nodes that the given ones depend on, themselves included, in the order of the list. */
export function reachable(nodes: readonly Node[], from: Iterable<Node>): Node[] {
  const live = new Set<Node>();
  const stack = [...from];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (live.has(node)) continue;
    live.add(node);
    stack.push(...inputsOf(node));
  }
  return nodes.filter((node) => live.has(node));
}
