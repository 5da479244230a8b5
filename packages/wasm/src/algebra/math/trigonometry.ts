import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";
import { inHalves } from "./halves.ts";
import { polynomial } from "./polynomial.ts";

/** From here on JavaScript computes. */
const large = 2 ** 23;
/** π/2 in two parts, the first of 25 bits, so that its product with a count of quarter turns is exact (FreeBSD's e_rem_pio2f.c). */
const quarterTurnHigh = 1.5707963109016418;
const quarterTurnLow = 1.5893254773528196e-8;

/** sin x, within 1.6 ulp. Four values at a time, or by JavaScript if one of them is beyond 2²³. */
export function sin(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.sin(a.value));
  return k.outOfLine("sin", "f32", [a], (k, x) => smallOrHost(k, x!, "sin"));
}

/** cos x, within 1.6 ulp. Four values at a time, or by JavaScript if one of them is beyond 2²³. */
export function cos(k: SimdAlgebra, a: Lanes): Lanes {
  if (a.kind === "constant") return k.c(Math.cos(a.value));
  return k.outOfLine("cos", "f32", [a], (k, x) => smallOrHost(k, x!, "cos"));
}

function smallOrHost(k: SimdAlgebra, x: Lanes, name: "sin" | "cos"): Lanes {
  const { f, context } = k;
  const { get, set, v128, f32x4, f32, f64 } = f;
  const result = f.local("v128");
  const isSmall = k.lt(k.abs(x), k.c(large));
  f.if(
    v128.anyTrue(k.mask(k.not(isSmall))),
    () => {
      for (let i = 0; i < 4; i++) {
        const angle = () => f64.promote(f32.extractLane(k.floats(x), i));
        set(result, f32x4.replaceLane(get(result), i, f32.demote(f.call(context.module.imports[name], angle()))));
      }
    },
    () => set(result, k.floats(small(k, x, name))),
  );
  return { kind: "f32", local: result };
}

/** x is q quarter turns and r; q mod 4 says whether the result is ± sin r or ± cos r, by the polynomials of Cephes' sinf.c. */
function small(k: SimdAlgebra, x: Lanes, name: "sin" | "cos"): Lanes {
  const { i32x4, i32, v128 } = k.f;
  const { r, q } = reduce(k, k.abs(x));
  const z = k.mul(r, r);
  const sine = k.madd(k.mul(polynomial(k, z, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]), z), r, r);
  const bend = polynomial(k, z, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2]);
  const cosine = k.add(k.madd(bend, k.mul(z, z), k.mul(z, k.c(-0.5))), k.c(1));
  const turns = name === "sin" ? q : k.iadd(q, k.c(1));
  const isOdd = k.eq(k.keep("i32", v128.and(k.integers(turns), k.integers(k.c(1)))), k.c(1));
  const half = k.keep("i32", i32x4.shl(v128.and(k.integers(turns), k.integers(k.c(2))), i32.const(30)));
  // sin is odd, cos is even.
  const sign = name === "cos" ? half : k.ixor(half, signBit(k, x));
  return k.keep("f32", v128.xor(k.floats(k.select(isOdd, cosine, sine)), k.integers(sign)));
}

const signBit = (k: SimdAlgebra, x: Lanes): Lanes => k.keep("i32", k.f.v128.and(k.floats(x), k.integers(k.c(1 << 31))));

/** x = q·π/2 + r with |r| <= π/4, for x >= 0: Cody and Waite's way, in float64. */
function reduce(k: SimdAlgebra, x: Lanes): { r: Lanes; q: Lanes } {
  const { f } = k;
  const { get, f64x2 } = f;
  const [r, q] = inHalves(k, [x], (x) => {
    const [n, r, q] = [f.local("v128"), f.local("v128"), f.local("v128")];
    f.set(n, f64x2.nearest(f64x2.mul(get(x!), f64x2.const(2 / Math.PI))));
    const rest = f64x2.sub(get(x!), f64x2.mul(get(n), f64x2.const(quarterTurnHigh)));
    f.set(r, f64x2.demoteToF32x4(f64x2.sub(rest, f64x2.mul(get(n), f64x2.const(quarterTurnLow)))));
    f.set(q, f64x2.truncSatToI32x4(get(n)));
    return [r, q];
  });
  return { r: { kind: "f32", local: r! }, q: { kind: "i32", local: q! } };
}
