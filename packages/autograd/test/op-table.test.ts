import { add, fromData, isFloat, mul, sum, type Tensor, zerosLike } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { checkGradients, noGrad, valueAndGrad } from "../src/index.ts";
import { expectClose } from "./op-table/expect-close.ts";
import { families } from "./op-table/families.ts";
import { type Fixture, fixtureNames, fixtureOf } from "./op-table/fixtures.ts";
import { toFloat32 } from "./op-table/inputs.ts";
import { makeInputs, type Row, weight } from "./op-table/row.ts";

describe.each(Object.entries(families))("%s", (family, rows) => {
  test("has fixtures of its rows only, and no name twice", () => {
    const names = rows.filter((row) => row.torch !== null).map((row) => row.name);
    expect(fixtureNames(family).sort()).toEqual([...new Set(names)].sort());
    expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
  });

  describe.each(rows.map((row) => ({ ...row, row })))("$name", ({ row }) => {
    const inputs = makeInputs(row);

    test(row.torch === null ? "as its witness says" : "as in PyTorch", () => {
      const expected = row.torch === null ? witnessOf(row, inputs) : fixtureOf(family, row);
      checkAgainst(expected, row, inputs);
    });

    const inFloat32 = inputs.map(toFloat32);
    const hasFloat64 = inFloat32.some((x, i) => x !== inputs[i]);
    const hasFloat32 = inputs.some((x) => x.dtype === "float32");
    if (row.torch !== null && hasFloat64 && !hasFloat32) {
      test("in float32", () => {
        checkAgainst(withFloat32(fixtureOf(family, row)), row, inFloat32);
      });
    }

    const numeric = (row.gradients ?? true) && (row.numeric ?? true) && hasFloat64 && !hasFloat32;
    if (numeric && hasFloatOutput(row, inputs)) {
      test(row.second === false ? "by differences" : "by differences, twice", () => {
        const floatOutputs = (...x: Tensor[]) => outputsOf(row, x).filter((y) => isFloat(y.dtype));
        checkGradients(floatOutputs, inputs, { secondDerivatives: row.second ?? true });
      });
    }
  });
});

const outputsOf = (row: Row, x: readonly Tensor[]): Tensor[] => [row.fn(...x)].flat();

const hasFloatOutput = (row: Row, x: readonly Tensor[]): boolean =>
  noGrad(() => outputsOf(row, x)).some((y) => isFloat(y.dtype));

function checkAgainst(expected: Fixture, row: Row, inputs: readonly Tensor[]): void {
  const tolerance = ({ dtype }: Tensor) => (dtype === "float32" ? 1e-5 : 1e-11);
  const outputs = noGrad(() => outputsOf(row, inputs));
  expect(outputs.map(({ dtype, shape }) => ({ dtype, shape }))).toEqual(
    expected.outputs.map(({ dtype, shape }) => ({ dtype: dtype === "int64" ? "int32" : dtype, shape })),
  );
  outputs.forEach((y, i) => {
    expectClose(y.data, expected.outputs[i]!.values, tolerance(y), `output ${i}`);
  });
  if (!expected.gradients) return;
  const floats = inputs.filter((x) => isFloat(x.dtype));
  const [, grads] = valueAndGrad(() => weightedSum(outputsOf(row, inputs)), floats);
  inputs.forEach((x, i) => {
    const grad = grads.get(x);
    if (!grad) return;
    expect(grad).toMatchObject({ dtype: x.dtype, shape: x.shape });
    expectClose(
      grad.data,
      expected.gradients?.[i] ?? [...zerosLike(x).data],
      tolerance(grad),
      `the gradient of input ${i}`,
    );
  });
}

/** The number that make-fixtures.py differentiates. */
function weightedSum(outputs: readonly Tensor[]): Tensor {
  return outputs
    .map((y, i) => ({ y, weights: Float64Array.from({ length: y.size }, (_, j) => weight(i, j)) }))
    .filter(({ y }) => isFloat(y.dtype))
    .map(({ y, weights }) => sum(mul(y, toDtypeOf(y, fromData(weights, y.shape, "float64")))))
    .reduce((total, part) => add(total, part));
}

const toDtypeOf = (y: Tensor, weights: Tensor): Tensor => (y.dtype === "float32" ? toFloat32(weights) : weights);

function witnessOf(row: Row, inputs: readonly Tensor[]): Fixture {
  const values = row.witness?.values(...inputs);
  if (!values) throw new Error(`The row "${row.name}" has neither a PyTorch expression nor a witness.`);
  const types = noGrad(() => outputsOf(row, inputs));
  return { outputs: types.map(({ dtype, shape }, i) => ({ dtype, shape, values: values[i]! })), gradients: undefined };
}

const withFloat32 = ({ outputs, gradients }: Fixture): Fixture => ({
  outputs: outputs.map((y) => ({ ...y, dtype: y.dtype === "float64" ? "float32" : y.dtype })),
  gradients,
});
