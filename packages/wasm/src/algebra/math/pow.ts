import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { inHalves, polynomialF64 } from "./halves.ts";
import { splitFloat } from "./log.ts";

/**
 * aᵇ as `Math.pow` has it (1 to the power of Infinity or NaN is NaN), within 2 ulp for a few small constant b (see `shortPower`), else within
 * 0.51 ulp, since logarithm and power pass through float64. Integers to an integer power wrap, as products do.
 */
export function pow(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  if (a.kind === "constant" && b.kind === "constant") return k.c(a.value ** b.value);
  const short = b.kind === "constant" ? shortPower(k, a, b.value) : undefined;
  if (short) return short;
  if (k.whole(a, b)) return k.outOfLine("powInteger", "i32", [a, b], (k, a, b) => integerPower(k, a!, b!));
  return k.outOfLine("pow", "f32", [a, b], (k, a, b) => floatPower(k, a!, b!));
}

/** Powers that a few multiplications or a root give. */
function shortPower(k: SimdAlgebra, a: Lanes, b: number): Lanes | undefined {
  const square = () => k.mul(a, a);
  switch (b) {
    case 0:
      return k.c(1);
    case 1:
      return a;
    case 2:
      return square();
    case 3:
      return k.mul(square(), a);
    case 4: {
      const s = square();
      return k.mul(s, s);
    }
    case -1:
      return k.div(k.c(1), a);
    case -2: {
      const inverse = k.div(k.c(1), a);
      return k.mul(inverse, inverse);
    }
    case 0.5:
      return root(k, a);
    case -0.5:
      return k.div(k.c(1), root(k, a));
  }
  return undefined;
}

/** a to the power of ½: as the square root, but Infinity for −Infinity and 0 for −0. */
function root(k: SimdAlgebra, a: Lanes): Lanes {
  return k.select(k.eq(a, k.c(-Infinity)), k.c(Infinity), k.sqrt(k.add(a, k.c(0))));
}

function floatPower(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  const { v128 } = k.f;
  const magnitude = powerOfMagnitude(k, k.abs(a), b);
  const isWhole = k.eq(k.trunc(b), b);
  const half = k.mul(b, k.c(0.5));
  const isOdd = k.and(isWhole, k.not(k.eq(k.trunc(half), half)));
  const sign = v128.and(v128.and(k.floats(a), k.integers(k.c(1 << 31))), k.mask(isOdd));
  const signed = k.keep("f32", v128.xor(sign, k.floats(magnitude)));
  const isUndefined = k.and(k.not(isWhole), k.and(k.lt(a, k.c(0)), k.lt(k.c(-Infinity), a)));
  // A mask of ones is a NaN.
  const defined = k.keep("f32", v128.or(k.floats(signed), k.mask(isUndefined)));
  return k.select(k.eq(b, k.c(0)), k.c(1), defined);
}

/** 2 to the power of b·log₂ a, for a >= 0. */
function powerOfMagnitude(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  const { f } = k;
  const { get, f64x2, i32 } = f;
  const { e, m } = splitFloat(k, a);
  // 0, Infinity and NaN have the logarithms −Infinity, Infinity and NaN.
  const exponent = k.select(k.lt(a, k.c(Infinity)), k.select(k.eq(a, k.c(0)), k.c(-Infinity), e), a);
  const operands = [exponent, m, b];
  const [result] = inHalves(k, operands, (exponent, m, b) => {
    const [s, z, y, n, power] = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")];
    f.set(s, f64x2.div(f64x2.sub(get(m!), f64x2.const(1)), f64x2.add(get(m!), f64x2.const(1))));
    f.set(z, f64x2.mul(get(s), get(s)));
    const log2 = f64x2.add(f64x2.mul(get(s), polynomialF64(f, z, log2Series)), get(exponent!));
    // Beyond these bounds a float32 is 0 or Infinity.
    f.set(y, f64x2.pmax(f64x2.pmin(f64x2.mul(log2, get(b!)), f64x2.const(200)), f64x2.const(-200)));
    f.set(n, f64x2.add(get(y), f64x2.const(magic)));
    f.set(power, f64x2.shl(get(n), i32.const(52)));
    f.set(y, f64x2.sub(get(y), f64x2.sub(get(n), f64x2.const(magic))));
    f.set(y, f64x2.demoteToF32x4(f64x2.mul(polynomialF64(f, y, exp2Series), get(power))));
    return [y];
  });
  return { kind: "f32", local: result! };
}

/** Added to a float64, it rounds to whole numbers, and leaves their sum with the exponent's bias in the low bits. */
const magic = 1.5 * 2 ** 52 + 1023;
/** log₂ m / s in powers of s², for s = (m − 1) / (m + 1): |s| < 0.172, so what is left out is less than 2⁻³⁹ of it. */
const log2Series = [13, 11, 9, 7, 5, 3, 1].map((i) => (2 * Math.LOG2E) / i);
/** 2ˣ in powers of x, for |x| <= ½: what is left out is less than 2⁻³¹. */
const exp2Series = [8, 7, 6, 5, 4, 3, 2, 1, 0].map((i) => Math.LN2 ** i / factorial(i));

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** By squaring, modulo 2³²; the powers of 0, 1 and −1 with a negative exponent are right too, and others are fractions, cut to 0. */
function integerPower(k: SimdAlgebra, a: Lanes, b: Lanes): Lanes {
  const { f } = k;
  const { get, set, i32x4, i32, v128 } = f;
  const [result, base, bits] = [f.local("v128"), f.local("v128"), f.local("v128")];
  const one = () => i32x4.const(1);
  set(result, one());
  set(base, k.integers(a));
  set(bits, i32x4.abs(k.integers(b)));
  f.repeat(31, () => {
    const factor = () => v128.bitSelect(get(base), one(), i32x4.neg(v128.and(get(bits), one())));
    set(result, i32x4.mul(get(result), factor()));
    set(base, i32x4.mul(get(base), get(base)));
    set(bits, i32x4.shrU(get(bits), i32.const(1)));
  });
  const power: Lanes = { kind: "i32", local: result };
  const isFraction = k.and(k.lt(b, k.c(0)), k.not(k.eq(k.abs(a), k.c(1))));
  return k.select(isFraction, k.c(0), power);
}
