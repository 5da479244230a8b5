import { type Algebra, type DType, numberAlgebra, threefry2x32 } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Scalar, ScalarAlgebra } from "../src/index.ts";
import { evaluateScalars } from "./evaluate-scalars.ts";
import { expressions } from "./expressions.ts";
import { attrsOf, elementwiseOps, signaturesOf } from "./operands.ts";
import { specials } from "./ulp.ts";

test("ScalarAlgebra is an algebra of scalars", () => {
  expectTypeOf<ScalarAlgebra>().toExtend<Algebra<Scalar>>();
});

const integers = [0, 1, -1, 2, 7, -5, 12, 2 ** 24 + 1, 123_456_789, 2 ** 31 - 1, -(2 ** 31)];
const floats = [...specials, 0.1, -0.7, 4.9, 1e300, -1e-310, 2 ** 31, 2 ** 32 + 5.5, -(2 ** 53) - 2];

function operandsOf(inputs: readonly DType[]): (Float64Array | Int32Array)[] {
  const lists = inputs.map((dtype) => (dtype === "float64" ? floats : dtype === "int32" ? integers : [0, 1]));
  const count = lists.reduce((n, list) => n * list.length, 1);
  let period = 1;
  return inputs.map((dtype, i) => {
    const list = lists[i]!;
    const values = Array.from({ length: count }, (_, j) => list[Math.floor(j / period) % list.length]!);
    period *= list.length;
    return dtype === "float64" ? Float64Array.from(values) : Int32Array.from(values);
  });
}

describe("every op", () => {
  test.each(elementwiseOps.map((op) => [op.name, op] as const))("%s gives the very numbers of JavaScript", (_, op) => {
    for (const attrs of attrsOf(op)) {
      for (const { inputs, out } of signaturesOf(op, attrs, ["float64", "int32", "bool"])) {
        const x = operandsOf(inputs);
        const exact = Array.from(x[0]!, (_, i) =>
          op.expr(
            numberAlgebra(() => i),
            attrs,
            ...x.map((v) => v[i]!),
          ),
        );
        const expression = (k: Algebra<Scalar>, ...x: Scalar[]) => op.expr(k, attrs, ...x);
        const label = `${inputs} -> ${out}`;
        const n = exact.length;
        if (out === "int32") {
          expect(evaluateScalars(expression, x, new Int32Array(n)), label).toEqual(Int32Array.from(exact));
        } else expect(evaluateScalars(expression, x, new Float64Array(n)), label).toEqual(Float64Array.from(exact));
      }
    }
  });
});

test("any expression of numbers and integers is exact", () => {
  const values = Array.from({ length: 32 }, (_, i) => ((i * 7919) % 11) - 5);
  const columns = [Float64Array.from(values), Int32Array.from(values, (_, i) => values[(i * 5 + 1) % 32]!)];
  fc.assert(
    fc.property(expressions(columns.length), (expression) => {
      const y = evaluateScalars((k: Algebra<Scalar>, ...x) => expression.evaluate(k, x), columns, new Float64Array(32));
      const exact = values.map((_, i) =>
        expression.evaluate(
          numberAlgebra(),
          columns.map((x) => x[i]!),
        ),
      );
      expect(y, expression.text).toEqual(Float64Array.from(exact));
    }),
    { numRuns: 300 },
  );
});

test("threefry is the same bits in scalars", () => {
  const words = Int32Array.from({ length: 64 }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
  const columns = [words, words.map((x) => x ^ 0x55555555), words.map((x) => Math.imul(x, 7))];
  for (const word of [0, 1] as const) {
    const draw = <V>(k: Algebra<V>, [key0, key1, counter]: readonly V[]): V =>
      threefry2x32(k, key0!, key1!, k.index(), counter!)[word];
    const y = evaluateScalars((k: Algebra<Scalar>, ...x) => draw(k, x), columns, new Int32Array(64));
    expect(y).toEqual(
      words.map((_, i) =>
        draw(
          numberAlgebra(() => i),
          columns.map((x) => x[i]!),
        ),
      ),
    );
  }
});
