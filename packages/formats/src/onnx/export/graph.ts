import type { DType, Op, Shape, Tensor } from "@pointwise/tensor";

/**
 * A value of the traced function. It was traced once, or twice, with batches of two sizes: what depends on the batch then comes in two
 * variants, one for each trace, and what is the same in both does not depend on it.
 */
export type Node = InputNode | StoredNode | NumberNode | OpNode;

interface NodeBase {
  readonly shapes: Variants<Shape>;
  readonly dtype: DType;
}

/** One for each trace. */
export type Variants<T> = readonly [T, ...T[]];

/** The argument of the function. */
export interface InputNode extends NodeBase {
  readonly kind: "input";
}

/** A tensor from outside, such as a weight, or one of equal values that the function made. */
export interface StoredNode extends NodeBase {
  readonly kind: "stored";
  readonly tensor: Tensor;
}

/** A number, 0-d. */
export interface NumberNode extends NodeBase {
  readonly kind: "number";
  readonly values: Variants<number>;
}

export interface OpNode extends NodeBase {
  readonly kind: "op";
  readonly op: Op;
  readonly attrs: Variants<unknown>;
  readonly inputs: readonly Node[];
}

export interface Graph {
  /** Each after those it depends on. */
  readonly nodes: readonly Node[];
  readonly input: InputNode;
  readonly output: Node;
}

export const inputsOf = (node: Node): readonly Node[] => (node.kind === "op" ? node.inputs : []);

/** Whether a dimension has the same size whatever the batch. */
export const isFixed = ({ shapes }: Node, dim: number): boolean => shapes.every((s) => s[dim] === shapes[0][dim]);

/** Whether two values have the same size of a dimension, whatever the batch. */
export const sameSize = (a: Node, dimA: number, b: Node, dimB: number): boolean =>
  a.shapes.every((s, i) => s[dimA] === b.shapes[i]![dimB]);

export const rankOf = ({ shapes }: Node): number => shapes[0].length;
