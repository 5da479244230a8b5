import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

export function tanh(k: SimdAlgebra, a: Lanes): Lanes {
  throw new Error("todo");
}
