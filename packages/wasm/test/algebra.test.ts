import { type Algebra, type DType, type ElementwiseOp, numberAlgebra, threefry2x32 } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { ConstantPolicy, Lanes, SimdAlgebra } from "../src/index.ts";
import { arithmetics } from "./engines.ts";
import { evaluate, type Kind, type Values } from "./evaluate.ts";
import { expressions } from "./expressions.ts";
import { attrsOf, elementwiseOps, signaturesOf } from "./operands.ts";
import { specials, ulpsOff } from "./ulp.ts";

const host = { sin: Math.sin, cos: Math.cos };
const kinds = { float32: "f32", int32: "i32", bool: "bool" } as const;
type LaneType = keyof typeof kinds;
const laneTypes: readonly LaneType[] = ["float32", "int32", "bool"];
const isLaneType = (dtype: DType): dtype is LaneType => dtype !== "float64";

test("SimdAlgebra is an algebra of lanes", () => {
  expectTypeOf<SimdAlgebra>().toExtend<Algebra<Lanes>>();
});

const floats = [...specials, ...Array.from({ length: 12 }, (_, i) => Math.sin(i * i + 1) * 4 ** (i - 4))];
const smallIntegers = [0, 1, -1, 2, 3, 7, -5, 12, -100, 4099, 2 ** 24, -(2 ** 24)];
const largeIntegers = [2 ** 24 + 1, 123_456_789, -123_456_791, 2 ** 31 - 1, -(2 ** 31)];

/** All combinations of values, in columns. Integers that meet floats are such that floats hold them. */
function operandsOf(inputs: readonly DType[], out: DType): Values[] {
  const allWhole = ![...inputs, out].includes("float32");
  const lists = inputs.map((dtype) => {
    if (dtype === "float32") return floats;
    return dtype === "bool" ? [0, 1] : allWhole ? [...smallIntegers, ...largeIntegers] : smallIntegers;
  });
  const count = lists.reduce((n, list) => n * list.length, 1);
  let period = 1;
  return inputs.map((dtype, i) => {
    const list = lists[i]!;
    const values = Array.from({ length: count }, (_, j) => list[Math.floor(j / period) % list.length]!);
    period *= list.length;
    if (dtype === "float32") return Float32Array.from(values);
    return dtype === "bool" ? Uint8Array.from(values) : Int32Array.from(values);
  });
}

/** Units in the last place; ops that are not named give the float nearest to the exact value. */
const ulps: Readonly<Record<string, number>> = {
  exp: 1.2,
  expm1: 1.8,
  log: 1,
  log1p: 1,
  tanh: 2.6,
  erf: 1.2,
  sin: 1.6,
  cos: 1.6,
  pow: 0.51,
  sigmoid: 3,
  softplus: 3,
  rsqrt: 1.5,
  leakyRelu: 1.5,
};

/** Whether a value is what the exact one may become. Zeros have one sign, and what is too small for normal floats may be 0. */
function isRight(op: ElementwiseOp, value: number, exact: number, out: DType, x: readonly number[]): boolean {
  if (out === "bool") return value === +(exact !== 0);
  if (out === "int32") return value === new Int32Array([exact])[0];
  if (op.name === "randomNormal") return Math.abs(value - exact) < 5e-6;
  // Where the quotient is near a whole number, its floor is either.
  const modulus = op.name === "remainder" ? Math.abs(x[1]!) : Infinity;
  const allowed = op.name === "remainder" ? 2 ** -22 * Math.abs(x[0]!) + 1e-37 : 1.7e-38;
  const off = Math.abs(value - exact);
  return Math.min(off, Math.abs(off - modulus)) <= allowed || ulpsOff(value, exact) <= (ulps[op.name] ?? 0.5);
}

/** What no lanes of 32 bits can give as numbers of 64 do. */
function isBeyond(
  op: ElementwiseOp,
  exact: number,
  out: DType,
  inputs: readonly DType[],
  x: readonly number[],
): boolean {
  if (op.name === "remainder") return x[1] === 0 || !(Math.abs(x[0]! / x[1]!) < (out === "int32" ? 2 ** 31 : 2 ** 22));
  if (out !== "int32") return false;
  // A float is cut to the nearest integer there is; a product is exact modulo 2³², where a number is rounded.
  return inputs.includes("float32") ? Math.abs(exact) >= 2 ** 31 : Math.abs(exact) >= 2 ** 53;
}

describe.each(arithmetics)("$name", (engine) => {
  test.each(elementwiseOps.map((op) => [op.name, op] as const))("%s computes as numbers do", (_, op) => {
    for (const attrs of attrsOf(op)) {
      for (const { inputs, out } of signaturesOf(op, attrs, laneTypes)) {
        if (!isLaneType(out)) continue;
        const x = operandsOf(inputs, out);
        const y = evaluate((k: Algebra<Lanes>, ...x) => op.expr(k, attrs, ...x), x, { engine, out: kinds[out], host });
        const wrong = [...y].flatMap((value, i) => {
          const operands = x.map((values) => values[i]!);
          const exact = op.expr(
            numberAlgebra(() => i),
            attrs,
            ...operands,
          );
          if (isBeyond(op, exact, out, inputs, operands) || isRight(op, value, exact, out, operands)) return [];
          return [{ operands, value, exact }];
        });
        expect(wrong.slice(0, 5), `${inputs} -> ${out}, ${JSON.stringify(attrs)}`).toEqual([]);
      }
    }
  });

  test("any expression of floats, integers and masks is exact while floats are", () => {
    const values = Array.from({ length: 64 }, (_, i) => ((i * 7919) % 11) - 5);
    const columns = [
      Float32Array.from(values),
      Int32Array.from(values, (_, i) => values[(i * 5 + 1) % 64]!),
      Uint8Array.from(values, (x) => +(x > 1)),
    ];
    const policies = fc.constantFrom<ConstantPolicy>("splat", "memory", "entry");
    const outs = fc.constantFrom<Kind>("f32", "i32", "bool");
    fc.assert(
      fc.property(expressions(columns.length), policies, outs, (expression, constants, out) => {
        const y = evaluate((k: Algebra<Lanes>, ...x) => expression.evaluate(k, x), columns, { engine, constants, out });
        const exact = values.map((_, i) =>
          expression.evaluate(
            numberAlgebra(),
            columns.map((x) => x[i]!),
          ),
        );
        // + 0: zeros have one sign.
        expect(
          [...y].map((x) => x + 0),
          expression.text,
        ).toEqual(exact.map((x) => (out === "bool" ? +(x !== 0) : x + 0)));
      }),
      { numRuns: 300 },
    );
  });
});

test("operations on constants are those on numbers", () => {
  const pairs = [
    "add",
    "sub",
    "mul",
    "div",
    "min",
    "max",
    "pow",
    "lt",
    "le",
    "eq",
    "and",
    "or",
    "iadd",
    "ixor",
  ] as const;
  const ones = [
    "neg",
    "abs",
    "floor",
    "ceil",
    "trunc",
    "round",
    "sqrt",
    "exp",
    "log",
    "tanh",
    "erf",
    "sin",
    "not",
  ] as const;
  for (const [a, b] of [
    [3, 3],
    [3, -2],
    [-2.5, 0],
    [0.25, 4],
  ] as const) {
    const check = (name: string, expression: <V>(k: Algebra<V>) => V) => {
      const [y] = evaluate((k: Algebra<Lanes>) => expression(k), [new Float32Array(1)], { host });
      const exact = expression(numberAlgebra());
      expect(ulpsOff(y! + 0, exact + 0), `${name} of ${a}, ${b}: ${y}, not ${exact}`).toBeLessThan(1.2);
    };
    for (const op of pairs) check(op, (k) => k[op](k.c(a), k.c(b)));
    for (const op of ones) check(op, (k) => k[op](k.c(a)));
    check("select", (k) => k.select(k.c(b), k.c(1), k.c(2)));
  }
});

test("between ops, values are what tensors hold", () => {
  const x = Int32Array.of(70_000, -70_000, 5, 0);
  const product = evaluate((k, x) => k.mul(k.as("f32", x!), k.as("f32", x!)), [x]);
  expect([...product]).toEqual([Math.fround(4.9e9), Math.fround(4.9e9), 25, 0]);
  const quotient = evaluate((k, x) => k.floor(k.as("f32", k.div(x!, k.c(0)))), [x]);
  expect([...quotient]).toEqual([Infinity, -Infinity, Infinity, NaN]);
  const bools = Uint8Array.of(1, 0, 1, 0);
  const sum = evaluate((k, a) => k.add(k.as("mask", k.add(a!, a!)), k.as("mask", k.c(-7))), [bools]);
  expect([...sum]).toEqual([2, 1, 2, 1]);
  const whole = evaluate((k, a) => k.add(k.as("i32", k.c(2.75)), k.as("i32", k.mul(a!, k.c(1.5)))), [bools]);
  expect([...whole]).toEqual([3, 2, 3, 2]);
});

test("constants that float32 cannot hold stay integers", () => {
  const mask = Uint8Array.of(1, 0, 1, 0);
  const y = evaluate((k, mask) => k.select(mask!, k.c(2 ** 24 + 1), k.c(-3)), [mask], { out: "i32" });
  expect([...y]).toEqual([2 ** 24 + 1, -3, 2 ** 24 + 1, -3]);
});

test("threefry is the same bits in lanes", () => {
  const words = Int32Array.from({ length: 64 }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
  const columns = [words, words.map((x) => x ^ 0x55555555), words.map((x) => Math.imul(x, 7))];
  for (const word of [0, 1] as const) {
    const draw = <V>(k: Algebra<V>, [key0, key1, counter]: readonly V[]): V =>
      threefry2x32(k, key0!, key1!, k.index(), counter!)[word];
    const y = evaluate((k: Algebra<Lanes>, ...x) => draw(k, x), columns, { out: "i32" });
    expect([...y]).toEqual(
      Array.from(
        words,
        (_, i) =>
          draw(
            numberAlgebra(() => i),
            columns.map((x) => x[i]!),
          ) | 0,
      ),
    );
  }
});
