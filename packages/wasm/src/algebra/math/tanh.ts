import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { copySign } from "./copy-sign.ts";
import { expm1OfRemainder, splitExponent } from "./exp.ts";

/**
 * tanh x, within 2.6 ulp, near 0 too: −t / (t + 2) where t = exp(−2|x|) − 1, as Sun's s_tanh.c has it. That exponent never overflows, so the
 * power of two needs no care.
 */
export function tanh(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.tanh(a.value));
  const x = k.as("f32", a);
  const { r, power } = splitExponent(k, k.max(k.mul(k.abs(x), k.c(-2)), k.c(-40)), 127);
  const t = k.madd(expm1OfRemainder(k, r), power, k.sub(power, k.c(1)));
  return copySign(k, k.div(t, k.add(t, k.c(2))), x);
}
