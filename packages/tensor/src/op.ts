import type { DType, TensorType, TypedArray } from "./dtype.ts";
import type { Algebra } from "./elementwise/algebra.ts";
import type { Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** What a gradient rule may use besides the gradient of the op's output. */
export interface VjpContext<A> {
  readonly out: Tensor;
  readonly inputs: readonly Tensor[];
  readonly attrs: A;
}

/**
 * A vector-Jacobian product: from the gradient of the loss by the op's output to that by one of its inputs. It is made of
 * ops, so that it can be differentiated again. Declared as a method so that `Op<A>` is usable as `Op`.
 */
export type Vjp<A> = { rule(grad: Tensor, at: VjpContext<A>): Tensor }["rule"];

export type VjpRules<A> = readonly (Vjp<A> | null)[] | ((input: number) => Vjp<A> | null);

/** The rule for one input of an op, if there is one. */
export function vjpOf(op: Op, input: number): Vjp<unknown> | null {
  return (typeof op.vjp === "function" ? op.vjp(input) : op.vjp?.[input]) ?? null;
}

interface OpBase<A> {
  readonly name: string;
  /** @throws ShapeError */
  shape(attrs: A, ...shapes: Shape[]): Shape;
  /** @throws DTypeError */
  dtype(attrs: A, ...inputs: TensorType[]): DType;
  /**
   * One rule per input; `null` for an input without a gradient, such as indices. An op of any number of inputs gives a
   * function of the input's position. Without it the op is not differentiable.
   */
  readonly vjp?: VjpRules<A> | undefined;
}

/** Computes each element of its output from the elements at the same place of its (broadcast) inputs. */
export interface ElementwiseOp<A = unknown> extends OpBase<A> {
  readonly kind: "elementwise";
  /** The meaning, over any scalar algebra: numbers, JavaScript source, SIMD. A bool is a mask of the algebra; in a bool output, anything but 0 is true. */
  expr<V>(k: Algebra<V>, attrs: A, ...x: V[]): V;
}

/** Folds dimensions into one value each, in any order. */
export interface ReduceOp<A = unknown> extends OpBase<A> {
  readonly kind: "reduce";
  /** The reduced dimensions, counted from the front; they stay in the output's shape with size 1. */
  dims(attrs: A): readonly number[];
  readonly initial: number;
  combine<V>(k: Algebra<V>, accumulator: V, x: V): V;
}

/** A flat array and the sizes it is to be read by. */
export interface Buffer {
  readonly data: TypedArray;
  readonly shape: Shape;
}

/** Any other computation. Kernels know buffers, not semantics: no checks, no gradients, no allocation of results. */
export interface KernelOp<A = unknown> extends OpBase<A> {
  readonly kind: "kernel";
  /**
   * Names the compiled kernel that computes the same from the same attributes; without it the reference runs, in compiled programs too.
   * Apart from `name`, so that an op of a user's, whatever its name, gets no kernel that it did not ask for.
   */
  readonly kernel?: string | undefined;
  /** Writes every element of `out`, which comes zeroed. The oracle for faster kernels. */
  reference(out: Buffer, attrs: A, ...x: Buffer[]): void;
}

/** The values of the first input, seen in another shape or with another gradient rule. */
export interface ViewOp<A = unknown> extends OpBase<A> {
  readonly kind: "view";
}

export type Op<A = unknown> = ElementwiseOp<A> | ReduceOp<A> | KernelOp<A> | ViewOp<A>;
