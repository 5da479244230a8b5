import { readFileSync } from "node:fs";
import { valueAndGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { crossEntropy } from "@pointwise/layers";
import { Adam } from "@pointwise/optimizers";
import { Rng, setAccelerator, type Tensor } from "@pointwise/tensor";
import { afterAll, describe, expect, test } from "vitest";
import { importOnnx, type OnnxModel } from "../src/index.ts";

// The compiler gives eager mode its kernels; the files that follow in this process have none.
afterAll(() => setAccelerator(undefined));

const rng = new Rng(5);

const load = (name: string): OnnxModel =>
  importOnnx(readFileSync(new URL(`./onnx-fixtures/${name}.onnx`, import.meta.url)), name);

/** Eight samples, and a label for each. */
function batchFor(model: OnnxModel, classes: number): [x: Tensor, labels: Tensor] {
  const { dtype, shape } = model.info.inputs[0]!;
  const full = [8, ...shape!.slice(1).map(Number)];
  return [dtype === "int32" ? rng.randint(full, 0, 11) : rng.normal(full), rng.randint([8], 0, classes)];
}

describe.each([
  ["mlp-17", 3],
  ["cnn-11", 3],
  ["cnn-17-unfolded", 3],
  ["residual-14", 2],
  ["attention-12", 21],
  ["attention-17-unfolded", 21],
])("%s of PyTorch", (name, classes) => {
  test.each([false, true])("learns a batch by heart (compiled: %s)", (compiled) => {
    const model = load(name);
    const [x, labels] = batchFor(model, classes);
    const parameters = [...model.parameters.values()];
    const before = parameters.map((p) => p.data.slice());
    const statistics = [...model.buffers.values()].map((b) => b.data.slice());
    const optimizer = new Adam(parameters, { lr: 0.01 });
    const step = (input: Tensor, target: Tensor) => {
      const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(input), target), parameters);
      optimizer.step(grads);
      return loss;
    };
    const run = compiled ? compile(step) : step;
    const losses = Array.from({ length: 60 }, () => run(x, labels).item());
    expect(losses.at(-1)!).toBeLessThan(0.7 * losses[0]!);
    parameters.forEach((p, i) => {
      expect(p.data, [...model.parameters.keys()][i]).not.toEqual(before[i]);
    });
    expect([...model.buffers.values()].map((b) => b.data)).toEqual(statistics);
  });
});

test("compiled and eager give the same, for one batch size after the other", () => {
  const model = load("attention-17-unfolded");
  const compiled = compile((x: Tensor) => model.forward(x));
  for (const n of [1, 4]) {
    const x = rng.randint([n, 5], 0, 11);
    const [a, b] = [compiled(x).data, model.forward(x).data];
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i]!, 5);
    });
  }
});
