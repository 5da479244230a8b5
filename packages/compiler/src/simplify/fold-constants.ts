import { type Algebra, type DType, type ElementwiseOp, numberAlgebra } from "@pointwise/tensor";

const indexed = new WeakMap<ElementwiseOp, boolean>();
let indexAsked = false;
const probe: Algebra<number> = numberAlgebra(() => {
  indexAsked = true;
  return 0;
});

/** Whether the op's value depends on the place of the element, as random draws do. */
export function usesIndex(op: ElementwiseOp, attrs: unknown, arity: number): boolean {
  const known = attrs === undefined ? indexed.get(op) : undefined;
  if (known !== undefined) return known;
  indexAsked = false;
  op.expr(probe, attrs, ...new Array<number>(arity).fill(0));
  if (attrs === undefined) indexed.set(op, indexAsked);
  return indexAsked;
}

/** The op's value for numbers, as a tensor of the dtype holds it. */
export function evaluate(op: ElementwiseOp, attrs: unknown, inputs: readonly number[], dtype: DType): number {
  return stored(op.expr(probe, attrs, ...inputs), dtype);
}

function stored(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "int32") return value | 0;
  return dtype === "bool" ? +(value !== 0) : value;
}
