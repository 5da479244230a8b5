import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

export function exp(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
export function expm1(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
