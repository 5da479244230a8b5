/**
 * The scalar operations that elementwise expressions are written in. One expression serves every instance: numbers
 * (`number-algebra.ts`), JavaScript source (`source-algebra.ts`), and, in the compiler, SIMD code.
 *
 * Comparisons give a mask, which `select`, `and`, `or` and `not` take; a bool tensor is a mask. The `i…` operations work on
 * 32-bit integers that wrap.
 */
export interface Algebra<V> {
  c(value: number): V;
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  neg(a: V): V;
  abs(a: V): V;
  /** The smaller; NaN if one is NaN. */
  min(a: V, b: V): V;
  /** The larger; NaN if one is NaN. */
  max(a: V, b: V): V;
  floor(a: V): V;
  ceil(a: V): V;
  /** Towards zero. */
  trunc(a: V): V;
  /** To the nearest whole number, halves to the even one. */
  round(a: V): V;
  sqrt(a: V): V;
  exp(a: V): V;
  expm1(a: V): V;
  log(a: V): V;
  log1p(a: V): V;
  sin(a: V): V;
  cos(a: V): V;
  tanh(a: V): V;
  erf(a: V): V;
  pow(a: V, b: V): V;

  lt(a: V, b: V): V;
  le(a: V, b: V): V;
  eq(a: V, b: V): V;
  and(a: V, b: V): V;
  or(a: V, b: V): V;
  not(a: V): V;
  /** `ifTrue` where the mask is set, else `ifFalse`. Both are computed. */
  select(mask: V, ifTrue: V, ifFalse: V): V;

  /** The row-major index of the element in the output, an integer. */
  index(): V;
  iadd(a: V, b: V): V;
  ixor(a: V, b: V): V;
  irotl(a: V, bits: number): V;
  /** Shift right, filling with zeros. */
  ishr(a: V, bits: number): V;
}
