import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

export function log(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
export function log1p(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
