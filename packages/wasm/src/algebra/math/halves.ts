import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";

/**
 * Computes with four float32 in float64: `each` writes what becomes of two of them, and keeps results whose first two lanes count; gives
 * their lanes together, result by result.
 */
export function inHalves(
  f: FunctionBuilder,
  inputs: readonly (() => V128)[],
  each: (...halves: Local<"v128">[]) => readonly Local<"v128">[],
): Local<"v128">[] {
  const { get, v128, f64x2 } = f;
  const keep = (value: V128) => {
    const local = f.local("v128");
    f.set(local, value);
    return local;
  };
  const whole = inputs.map((push) => keep(push()));
  const low = each(...whole.map((x) => keep(f64x2.promoteLowF32x4(get(x)))));
  const high = each(...whole.map((x) => keep(f64x2.promoteLowF32x4(v128.shuffle(get(x), get(x), [2, 3, 2, 3])))));
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
