import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

/** A polynomial in x by Horner's rule, its coefficients from the highest power down. */
export function polynomial(k: SimdAlgebra, x: Lanes, coefficients: readonly [number, number, ...number[]]): Lanes {
  const [first, ...rest] = coefficients;
  let sum = k.c(first);
  for (const c of rest) sum = k.madd(sum, x, k.c(c));
  return sum;
}
