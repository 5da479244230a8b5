import { type DType, promoteTypes, type TensorType } from "./dtype.ts";
import type { Algebra } from "./elementwise/algebra.ts";
import type { ElementwiseOp, KernelOp, ReduceOp, ViewOp, Vjp } from "./op.ts";
import { toTypeOf } from "./ops/to-type-of.ts";
import { broadcastShapes, type Shape } from "./shape.ts";

interface ElementwiseDefinition<A> {
  readonly name: string;
  /** The shape that the inputs broadcast to, unless said otherwise. */
  shape?(attrs: A, ...shapes: Shape[]): Shape;
  /** The inputs' promoted type, unless said otherwise. */
  dtype?(attrs: A, ...inputs: TensorType[]): DType;
  expr<V>(k: Algebra<V>, attrs: A, ...x: V[]): V;
  /** Rules may return a gradient of the output's shape and dtype: it is summed and cast to the input's. */
  readonly vjp?: readonly (Vjp<A> | null)[] | undefined;
}

/** An elementwise op with NumPy's broadcasting and PyTorch's type promotion. */
/* @__NO_SIDE_EFFECTS__ */
export function elementwise<A = undefined>(definition: ElementwiseDefinition<A>): ElementwiseOp<A> {
  const { name, vjp } = definition;
  return {
    shape: (_, ...shapes) => broadcastShapes(name, ...shapes),
    dtype: (_, ...inputs) => promoteTypes(...inputs),
    ...definition,
    kind: "elementwise",
    ...(vjp && {
      vjp: vjp.map((rule, i) => rule && ((grad, at) => toTypeOf(rule(grad, at), at.inputs[i]!))),
    }),
  };
}

type Defined<O, Defaulted extends string> = Omit<O, "kind" | Defaulted> & Partial<Pick<O, Defaulted & keyof O>>;

/** A reduction that keeps its input's dtype, unless said otherwise. */
/* @__NO_SIDE_EFFECTS__ */
export function reduction(
  definition: Defined<ReduceOp<ReduceAttrs>, "dtype" | "shape" | "dims">,
): ReduceOp<ReduceAttrs> {
  return {
    dims: ({ dims }) => dims,
    shape: ({ dims }, shape) => shape!.map((d, i) => (dims.includes(i) ? 1 : d)),
    dtype: (_, x) => x!.dtype,
    ...definition,
    kind: "reduce",
  };
}

export interface ReduceAttrs {
  readonly dims: readonly number[];
}

/** An op with a kernel of its own. Its output has the first input's dtype, unless said otherwise. */
/* @__NO_SIDE_EFFECTS__ */
export function kernel<A = undefined>(definition: Defined<KernelOp<A>, "dtype">): KernelOp<A> {
  return { dtype: (_, x) => x!.dtype, ...definition, kind: "kernel" };
}

/** An op that computes nothing: its output is the values of its first input. */
/* @__NO_SIDE_EFFECTS__ */
export function view<A = undefined>(definition: Defined<ViewOp<A>, "dtype">): ViewOp<A> {
  return { dtype: (_, x) => x!.dtype, ...definition, kind: "view" };
}
