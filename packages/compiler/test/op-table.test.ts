import { noGrad, valueAndGrad } from "@pointwise/autograd";
import { add, fromData, isFloat, mul, sum, type Tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../autograd/test/op-table/expect-close.ts";
import { families } from "../../autograd/test/op-table/families.ts";
import { toFloat32 } from "../../autograd/test/op-table/inputs.ts";
import { makeInputs, type Row, weight } from "../../autograd/test/op-table/row.ts";
import { compile } from "../src/index.ts";

// The third executor, after the reference and PyTorch: each row of the op table, compiled. Floats are float32, for which there are kernels, and float64, for
// which the references run within a program.
describe.each(Object.entries(families))("%s", (_, rows) => {
  describe.each(rows.map((row) => ({ name: row.name, row })))("$name", ({ row }) => {
    const inputs = makeInputs(row);
    const inFloat32 = inputs.map(toFloat32);
    test("compiled, in float32", () => compare(row, inFloat32, 1e-5));
    if (inFloat32.some((x, i) => x !== inputs[i])) test("compiled, in float64", () => compare(row, inputs, 1e-12));
  });
});

const outputsOf = (row: Row, x: readonly Tensor[]): Tensor[] => [row.fn(...x)].flat();

function compare(row: Row, inputs: readonly Tensor[], tolerance: number): void {
  const { outputs, gradients } = both(row, inputs);
  const forward = (...x: Tensor[]) => noGrad(() => outputs(x));
  let compiled: Tensor[];
  try {
    compiled = compile(forward)(...inputs);
  } catch (error) {
    // Such a function reads values, which is refused, and said to be.
    expect(String(error)).toMatch(/has no values yet/);
    return;
  }
  expectSame(compiled, forward(...inputs), tolerance);
  if (row.gradients === false || !inputs.some((x) => isFloat(x.dtype)) || !compiled.some((y) => isFloat(y.dtype)))
    return;
  const backward = (...x: Tensor[]) => gradients(x);
  expectSame(compile(backward)(...inputs), backward(...inputs), tolerance);
}

function both(row: Row, inputs: readonly Tensor[]) {
  const outputs = (x: readonly Tensor[]) => outputsOf(row, x);
  const gradients = (x: readonly Tensor[]): Tensor[] => {
    const floats = x.filter((_, i) => isFloat(inputs[i]!.dtype));
    const [, grads] = valueAndGrad(() => weightedSum(outputs(x)), floats);
    return floats.map((float) => grads.get(float)!);
  };
  return { outputs, gradients };
}

/** One number made of all float outputs. */
function weightedSum(outputs: readonly Tensor[]): Tensor {
  return outputs
    .filter((y) => isFloat(y.dtype))
    .map((y, i) => {
      const weights = Float64Array.from({ length: y.size }, (_, j) => weight(i, j));
      const data = y.dtype === "float64" ? weights : Float32Array.from(weights);
      return sum(mul(y, fromData(data, y.shape, y.dtype)));
    })
    .reduce((a, b) => add(a, b));
}

function expectSame(actual: readonly Tensor[], wanted: readonly Tensor[], tolerance: number): void {
  expect(actual.map(({ dtype, shape }) => ({ dtype, shape }))).toEqual(
    wanted.map(({ dtype, shape }) => ({ dtype, shape })),
  );
  actual.forEach((x, i) => {
    expectClose(x.data, Array.from(wanted[i]!.data), tolerance, `output ${i}`);
  });
}
