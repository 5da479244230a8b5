import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { polynomial } from "./polynomial.ts";

/** ln 2 in two parts (Cody and Waite): the first has few enough bits for its product with an exponent to be exact. */
const ln2High = 0.693145751953125;
const ln2Low = 1.428606820309417e-6;

/** Below this every result is 0, or −1 for expm1: the smallest exponent that `splitExponent` can scale by is −126 + 126 − 127. */
const lowest = -87.3;
/** Above this every result is Infinity. */
const highest = 89;

/**
 * x = n·ln 2 + r with whole n and |r| <= ½ ln 2; gives r and 2^(n + bias − 127), for −bias <= n < 255 − bias. Adding 1.5·2²³ rounds to whole
 * numbers, and leaves n + bias in the low bits of the sum, from where a shift takes it to the exponent of a float.
 */
export function splitExponent(k: SimdAlgebra, x: Lanes, bias: number): { r: Lanes; power: Lanes } {
  const { i32x4, i32 } = k.f;
  const magic = 1.5 * 2 ** 23 + bias;
  const shifted = k.madd(x, k.c(Math.LOG2E), k.c(magic));
  const n = k.sub(shifted, k.c(magic));
  const r = k.madd(n, k.c(-ln2Low), k.madd(n, k.c(-ln2High), x));
  return { r, power: k.keep("f32", i32x4.shl(k.floats(shifted), i32.const(23))) };
}

/**
 * eˣ, within 1.2 ulp; results below 1.7e-38 are 0. Reduction by Cody and Waite as in Cephes' expf, then the minimax polynomial of degree 6 whose
 * first two coefficients are 1 (relative error 3.3e-9). All coefficients are doubled, and the power of two halved: so results up to the
 * largest float, whose n is 128, need no second multiplication.
 */
export function exp(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.exp(a.value));
  const x = k.min(k.max(k.as("f32", a), k.c(lowest)), k.c(highest));
  const { r, power } = splitExponent(k, x, 126);
  return k.mul(polynomial(k, r, twiceExp), power);
}

const twiceExp = [0.00276263221, 0.01673882082, 0.08333691209, 0.33333030343, 0.99999988079, 2, 2] as const;

/** (eʳ − 1 − r) / r² for |r| <= ½ ln 2, minimax in eʳ − 1 (relative error 1.4e-8). */
const remainder = [0.00138824, 0.00836717, 0.04166722, 0.16666539, 0.49999998] as const;

/** eʳ − 1 for |r| <= ½ ln 2, as good in relative terms near 0. */
export function expm1OfRemainder(k: SimdAlgebra, r: Lanes): Lanes {
  return k.madd(polynomial(k, r, remainder), k.mul(r, r), r);
}

/** eˣ − 1, within 1.8 ulp, near 0 too: 2ⁿ(eʳ − 1) + (2ⁿ − 1), computed as halves so that n may be 128. */
export function expm1(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.expm1(a.value));
  const whole = k.as("f32", a);
  const x = k.min(k.max(whole, k.c(lowest)), k.c(highest));
  const { r, power } = splitExponent(k, x, 126);
  const half = k.madd(expm1OfRemainder(k, r), power, k.sub(power, k.c(0.5)));
  // Halving would cost the smallest values a bit, and -0 its sign.
  return k.select(k.lt(k.abs(whole), k.c(tiny)), whole, k.add(half, half));
}

const tiny = 1e-30;
