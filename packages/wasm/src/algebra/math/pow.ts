import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

export function pow(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  throw new Error("todo");
}
