import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { copySign } from "./copy-sign.ts";
import { exp } from "./exp.ts";
import { polynomial } from "./polynomial.ts";

/**
 * The error function, within 1.2 ulp: N. Juffa's minimax polynomials, x + x·p(x²) near 0 and 1 − exp(−|x| + |x|·q(|x|)) beyond.
 * @see https://stackoverflow.com/a/35148199
 */
export function erf(k: SimdAlgebra, a: Lanes): Lanes {
  const x = k.as("f32", a);
  const size = k.abs(x);
  const small = k.madd(polynomial(k, k.mul(x, x), near), x, x);
  const exponent = k.madd(polynomial(k, size, far), size, k.neg(size));
  const large = copySign(k, k.sub(k.c(1), exp(k, exponent)), x);
  return k.select(k.lt(k.c(0.927734375), size), large, small);
}

const near = [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1] as const;
const far = [
  -1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1,
] as const;
