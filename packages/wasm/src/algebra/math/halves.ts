import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";
import type { Lanes } from "../lanes.ts";
import type { SimdAlgebra } from "../simd-algebra.ts";

/**
 * Computes in float64, two elements at a time: `each` gets two elements of every operand, and gives as many results as it likes, of which
 * the first two lanes of 32 bits count. The results of all four elements come together again.
 */
export function inHalves(
  k: SimdAlgebra,
  operands: readonly Lanes[],
  each: (...halves: Local<"v128">[]) => readonly Local<"v128">[],
): Local<"v128">[] {
  const { get, v128, f64x2 } = k.f;
  const keep = (value: V128) => {
    const local = k.f.local("v128");
    k.f.set(local, value);
    return local;
  };
  const whole = operands.map((x) => ({
    isInteger: x.kind === "i32",
    local: keep(x.kind === "i32" ? k.integers(x) : k.floats(x)),
  }));
  const half = (push: (x: Local<"v128">) => V128) =>
    each(
      ...whole.map(({ isInteger, local }) =>
        keep(isInteger ? f64x2.convertLowI32x4(push(local)) : f64x2.promoteLowF32x4(push(local))),
      ),
    );
  const low = half(get);
  const high = half((x) => v128.shuffle(get(x), get(x), [2, 3, 2, 3]));
  return low.map((x, i) => keep(v128.shuffle(get(x), get(high[i]!), [0, 1, 4, 5])));
}

/** A polynomial in a local of float64 by Horner's rule, its coefficients from the highest power down. */
export function polynomialF64(f: FunctionBuilder, x: Local<"v128">, coefficients: readonly number[]): V128 {
  const { get, f64x2 } = f;
  const [first, ...rest] = coefficients;
  let sum = f64x2.const(first!);
  for (const c of rest) sum = f64x2.add(f64x2.mul(sum, get(x)), f64x2.const(c));
  return sum;
}
