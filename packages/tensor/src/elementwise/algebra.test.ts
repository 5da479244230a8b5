import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ElementwiseOp } from "../op.ts";
import * as exported from "../ops/index.ts";
import { compileFunction } from "./compile-function.ts";
import { numberAlgebra } from "./number-algebra.ts";
import { SourceAlgebra } from "./source-algebra.ts";

/** Attributes for the ops that have some. */
const attributes: Record<string, unknown> = {
  broadcastTo: { shape: [] },
  cast: { dtype: "int32" },
  clamp: { min: -1, max: 0.5 },
  leakyRelu: { negativeSlope: 0.01 },
  randomBits: { shape: [], dtype: "int32" },
  randomUniform: { shape: [], dtype: "float64" },
  randomNormal: { shape: [], dtype: "float64" },
};

const ops = Object.values(exported).filter(
  (value): value is ElementwiseOp => typeof value === "object" && value.kind === "elementwise",
);

const values = fc.oneof(
  fc.double(),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, Infinity, -Infinity, NaN),
);

/** The number of inputs that the expression reads. */
function arityOf(op: ElementwiseOp): number {
  const read = new Set<string>();
  const names = ["v0", "v1", "v2"];
  const k = new SourceAlgebra();
  const text = `${op.expr(k, attributes[op.name], ...names)} ${k.statements.join(" ")}`;
  for (const name of names) if (text.includes(name)) read.add(name);
  return read.size;
}

describe("the source of an expression means what its numbers mean", () => {
  test("every elementwise op is here", () => {
    expect(ops.length).toBeGreaterThan(40);
  });

  test.each(ops.map((op) => [op.name, op] as const))("%s", (name, op) => {
    const names = ["v0", "v1", "v2"].slice(0, arityOf(op));
    const k = new SourceAlgebra();
    const result = op.expr(k, attributes[name], ...names);
    const compiled = compileFunction<(...x: number[]) => number>(
      `(${names.join(", ")}, index = 7) => { ${k.statements.join(" ")} return ${result}; }`,
    )!;
    const interpreted = (x: readonly number[]) =>
      op.expr(
        numberAlgebra(() => 7),
        attributes[name],
        ...x,
      );
    fc.assert(
      fc.property(fc.array(values, { minLength: names.length, maxLength: names.length }), (x) => {
        expect(compiled(...x)).toBe(interpreted(x));
      }),
      { numRuns: 300 },
    );
  });
});

test("a value used twice is computed once", () => {
  const k = new SourceAlgebra();
  const root = k.sqrt("x");
  k.mul(root, root);
  expect(k.statements).toEqual(["const t0 = Math.sqrt(x);", "const t1 = t0 * t0;"]);
});
