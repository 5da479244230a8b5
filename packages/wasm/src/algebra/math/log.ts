import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { polynomial } from "./polynomial.ts";

/** The bits of √½, the smallest mantissa that `splitFloat` gives. */
const sqrtHalfBits = 0x3f3504f3;
const exponentBits = 0xff800000 | 0;
const smallestNormal = 2 ** -126;
/** ln 2 in two parts: the product of the first with an exponent is exact. */
const ln2High = 0.693138122558594;
const ln2Low = 9.058000614459161e-6;

/**
 * ln x, within 1 ulp, denormal x included: FreeBSD's (Sun's) e_logf.c with both halves of its polynomial in one.
 * @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/e_logf.c
 */
export function log(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.log(a.value));
  const x = k.as("f32", a);
  const { e, m } = splitFloat(k, x);
  const result = logOfParts(k, k.sub(m, k.c(1)), e, k.mul(e, k.c(ln2Low)));
  return logOfSpecial(k, x, x, result);
}

/**
 * ln(1 + x), within 1 ulp, near 0 too: ln u + c/u, where u is 1 + x rounded and c what that lost; around 0 the series takes x itself.
 * FreeBSD's (Sun's) s_log1pf.c.
 * @see https://github.com/freebsd/freebsd-src/blob/main/lib/msun/src/s_log1pf.c
 */
export function log1p(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.log1p(a.value));
  const x = k.as("f32", a);
  const u = k.add(x, k.c(1));
  const xInU = k.sub(u, k.c(1));
  const lost = k.add(k.sub(x, xInU), k.sub(k.c(1), k.sub(u, xInU)));
  const { e, m } = splitNormal(k, u);
  const exact = k.eq(e, k.c(0));
  const correction = k.select(exact, k.c(0), k.div(lost, u));
  const f = k.select(exact, x, k.sub(m, k.c(1)));
  const result = logOfParts(k, f, e, k.madd(e, k.c(ln2Low), correction));
  return logOfSpecial(k, x, u, k.select(k.eq(x, k.c(0)), x, result)); // −0 stays what it is
}

/** x = 2ᵉ·m, for positive x, with m in [√½, √2). */
export function splitFloat(k: SimdAlgebra, x: Lanes): { e: Lanes; m: Lanes } {
  const denormal = k.lt(x, k.c(smallestNormal));
  const { e, m } = splitNormal(k, k.mul(x, k.select(denormal, k.c(2 ** 23), k.c(1))));
  return { e: k.sub(e, k.select(denormal, k.c(23), k.c(0))), m };
}

function splitNormal(k: SimdAlgebra, x: Lanes): { e: Lanes; m: Lanes } {
  const { i32x4, i32, v128 } = k.f;
  const beyond = k.keep("i32", i32x4.sub(k.floats(x), k.integers(k.c(sqrtHalfBits))));
  const e = k.keep("f32", k.f.f32x4.convertI32x4(i32x4.shrS(k.integers(beyond), i32.const(23))));
  const exponent = k.keep("i32", v128.and(k.integers(beyond), k.integers(k.c(exponentBits))));
  return { e, m: k.keep("f32", i32x4.sub(k.floats(x), k.integers(exponent))) };
}

/** ln(2ᵉ(1 + f)) for 1 + f in [√½, √2); `low` is e times the low part of ln 2, and corrections. */
function logOfParts(k: SimdAlgebra, f: Lanes, e: Lanes, low: Lanes): Lanes {
  const s = k.div(f, k.add(f, k.c(2)));
  const z = k.mul(s, s);
  const tail = k.mul(z, polynomial(k, z, [0.24279078841, 0.28498786688, 0.40000972152, 0.66666662693]));
  const halfSquare = k.mul(k.mul(f, f), k.c(0.5));
  const part = k.madd(s, k.add(halfSquare, tail), low);
  return k.madd(e, k.c(ln2High), k.sub(f, k.sub(halfSquare, part)));
}

/** The result, if 0 < u < Infinity; else −Infinity for u = 0, NaN for less, and x, which is Infinity or NaN. */
function logOfSpecial(k: SimdAlgebra, x: Lanes, u: Lanes, result: Lanes): Lanes {
  const finite = k.select(k.lt(x, k.c(Infinity)), result, x);
  const positive = k.select(k.eq(u, k.c(0)), k.c(-Infinity), finite);
  // A mask of ones is a NaN.
  return k.keep("f32", k.f.v128.or(k.floats(positive), k.mask(k.lt(u, k.c(0)))));
}
