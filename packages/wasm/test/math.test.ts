import { numberAlgebra } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { type ConstantPolicy, type Lanes, type SimdAlgebra, simd128 } from "../src/index.ts";
import { arithmetics } from "./engines.ts";
import { evaluate } from "./evaluate.ts";
import { floatsBetween, specials, ulpsOff } from "./ulp.ts";

const numbers = numberAlgebra();
/** Results that are smaller may be 0. */
const flushed = 1.7e-38;

const bounds = { exp: 1.2, expm1: 1.8, log: 1, log1p: 1, tanh: 2.6, erf: 1.2, sin: 1.6, cos: 1.6 } as const;
type Name = keyof typeof bounds;
const names = Object.keys(bounds) as Name[]; // Object.keys does not know the keys

/** Most of the range, and denser where the function bends. */
const samples = (name: Name): Float32Array => {
  const all = floatsBetween(-3.4e38, 3.4e38, 200_000);
  const dense = Float32Array.from({ length: 200_000 }, (_, i) => (i / 200_000) * 40 - 20);
  const wide = Float32Array.from({ length: 100_000 }, (_, i) => (i / 100_000) * 193 - 104);
  // Beyond 2²³ sines and cosines are JavaScript's: a few will do.
  const some = name === "sin" || name === "cos" ? floatsBetween(-8e6, 8e6, 200_000) : all;
  return Float32Array.from([...some, ...dense, ...wide, ...specials]);
};

const host = { sin: Math.sin, cos: Math.cos };

describe.each(arithmetics)("$name", (engine) => {
  test.each(names)("%s keeps its bound, and the values where formulas break", (name) => {
    const x = samples(name);
    const y = evaluate((k, x) => k[name](x!), [x], { engine, constants: "entry", host });
    let worst = { x: 0, y: 0, ulps: 0 };
    x.forEach((x, i) => {
      const exact = numbers[name](x);
      if (name === "exp" && y[i] === 0 && exact < flushed) return;
      const ulps = ulpsOff(y[i]!, exact);
      if (ulps > worst.ulps) worst = { x, y: y[i]!, ulps };
    });
    expect(worst, `exact: ${numbers[name](worst.x)}`).toSatisfy(() => worst.ulps <= bounds[name]);
  });

  const powers = (
    a: readonly number[],
    b: readonly number[],
    bound: number,
    k: (k: SimdAlgebra, a: Lanes, b: Lanes) => Lanes,
  ) => {
    const [x, y] = [Float32Array.from(a), Float32Array.from(b)];
    const power = evaluate((algebra, a, b) => k(algebra, a!, b!), [x, y], { engine });
    const wrong = [...power].flatMap((p, i) => {
      const ulps = ulpsOff(p, x[i]! ** y[i]!);
      return ulps <= bound ? [] : [{ a: x[i], b: y[i], power: p, exact: x[i]! ** y[i]!, ulps }];
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  };

  test("pow of everything special by everything special is Math.pow's", () => {
    const pairs = specials.flatMap((a) => specials.map((b) => [a, b] as const));
    powers(
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
      0.51,
      (k, a, b) => k.pow(a, b),
    );
  });

  test("pow keeps its bound for results of all magnitudes", () => {
    const bases = floatsBetween(1e-45, 3.4e38, 100_000);
    const exponents = Array.from(bases, (_, i) => ((i * 0.6180339887) % 1) * 10 ** ((i % 7) - 3) * (i % 2 ? 1 : -1));
    powers([...bases], exponents, 0.51, (k, a, b) => k.pow(a, b));
    powers(
      [...bases].map((x) => -x),
      exponents.map(Math.round),
      0.51,
      (k, a, b) => k.pow(a, b),
    );
  });

  test.each([0, 1, 2, 3, 4, 5, -1, -2, 0.5, -0.5, 1.5])("pow by the constant %d", (b) => {
    const x = [...floatsBetween(-3.4e38, 3.4e38, 50_000), ...specials];
    powers(
      x,
      x.map(() => b),
      2,
      (k, a) => k.pow(a, k.c(b)),
    );
  });
});

test.each<ConstantPolicy>(["memory", "entry"])(
  "constants from %s give the same bits as constants in place",
  (constants) => {
    const x = Float32Array.from([...floatsBetween(-100, 100, 5000), ...specials]);
    for (const name of names) {
      const y = evaluate((k, x) => k[name](x!), [x], { engine: simd128, constants, host });
      expect(y, name).toEqual(evaluate((k, x) => k[name](x!), [x], { engine: simd128, constants: "splat", host }));
    }
  },
);
