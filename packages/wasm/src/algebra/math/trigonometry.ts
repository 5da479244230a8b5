import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

export function sin(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
export function cos(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
