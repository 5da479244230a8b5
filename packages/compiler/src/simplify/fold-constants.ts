import { type Algebra, type DType, type ElementwiseOp, numberAlgebra } from "@pointwise/tensor";

/** Whether the op's value depends on the place of the element, as random draws do. */
export function usesIndex(op: ElementwiseOp, attrs: unknown, arity: number): boolean {
  let used = false;
  const k: Algebra<number> = numberAlgebra(() => {
    used = true;
    return 0;
  });
  op.expr(k, attrs, ...new Array<number>(arity).fill(0));
  return used;
}

/** The op's value for numbers, as a tensor of the dtype holds it. */
export function evaluate(op: ElementwiseOp, attrs: unknown, inputs: readonly number[], dtype: DType): number {
  return stored(op.expr(numberAlgebra(), attrs, ...inputs), dtype);
}

function stored(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "int32") return value | 0;
  return dtype === "bool" ? +(value !== 0) : value;
}
