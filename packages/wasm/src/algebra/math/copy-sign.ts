import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

/** The magnitude of one value with the sign of another. */
export function copySign(k: SimdAlgebra, magnitude: Lanes, sign: Lanes): Lanes {
  return k.keep("f32", k.f.v128.bitSelect(k.floats(magnitude), k.floats(sign), k.integers(k.c(0x7fffffff))));
}
