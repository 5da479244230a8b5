import { checkGradients, valueAndGrad } from "@pointwise/autograd";
import { detach, isFloat, mul, sum } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import * as layers from "../src/index.ts";
import { expectClose, float64, int32, readFixtures, toFloat64 } from "./fixtures.ts";
import type { LayerFixture } from "./layer-fixture.ts";
import { layerRows } from "./layer-rows.ts";

const fixtures = readFixtures<LayerFixture[]>("layers");

/** The row's layer in float64, in the fixture's mode and with its state. */
function prepare(fixture: LayerFixture) {
  const layer = toFloat64(layerRows[fixture.name]!()).train(!fixture.eval);
  layer.loadStateDict(new Map(Object.entries(fixture.before).map(([name, value]) => [name, float64(value)])));
  return { layer, inputs: fixture.inputs.map(fixture.inputGrad ? float64 : int32) };
}

test("every layer that is exported has a row, and every row is in the fixtures", () => {
  const abstract = ["Module", "Pointwise"];
  const names = Object.entries(layers)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof layers.Module)
    .map(([name]) => name)
    .filter((name) => !abstract.includes(name));
  expect(new Set(Object.keys(layerRows).map((row) => row.split(",")[0]))).toEqual(new Set(names));
  expect(fixtures.map(({ name }) => name)).toEqual(Object.keys(layerRows));
});

describe.each(fixtures)("$name", (fixture) => {
  test("has PyTorch's names in its state dict", () => {
    expect([...layerRows[fixture.name]!().stateDict().keys()]).toEqual(Object.keys(fixture.before));
  });

  test("gives PyTorch's outputs, gradients and statistics", () => {
    const { layer, inputs } = prepare(fixture);
    for (const x of inputs.slice(0, -1)) layer.forward(x);
    const x = inputs.at(-1)!;
    const wrt = [...layer.parameters(), ...(fixture.inputGrad ? [x] : [])];
    const [, grads] = valueAndGrad(() => {
      const y = layer.forward(x);
      expectClose(y, fixture.output, "output");
      return sum(mul(y, float64(fixture.weights)));
    }, wrt);
    if (fixture.inputGrad) expectClose(grads.get(x)!, fixture.inputGrad, "gradient by the input");
    const parameters = layer.namedParameters();
    expect([...parameters.keys()]).toEqual(Object.keys(fixture.grads));
    for (const [name, p] of parameters) expectClose(grads.get(p)!, fixture.grads[name]!, `gradient by ${name}`);
    for (const [name, value] of layer.stateDict()) expectClose(value, fixture.after[name]!, `${name} afterwards`);
  });

  test("has the gradients that finite differences give", () => {
    const { layer, inputs } = prepare(fixture);
    const x = inputs[0]!;
    const variables = [...(isFloat(x.dtype) ? [detach(x)] : []), ...layer.parameters()];
    checkGradients(() => layer.forward(isFloat(x.dtype) ? variables[0]! : x), variables, { secondDerivatives: true });
  });
});
