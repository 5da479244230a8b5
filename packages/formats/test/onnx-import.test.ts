import { readFileSync } from "node:fs";
import { type Shape, type Tensor, tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { importOnnx } from "../src/index.ts";
import { expectClose } from "./onnx-compare.ts";

interface Saved {
  readonly shape: Shape;
  readonly data: readonly number[];
}

interface Fixture {
  readonly name: string;
  readonly cases: readonly { readonly input: Saved; readonly output: Saved }[];
}

const read = (file: string) => readFileSync(new URL(`./onnx-fixtures/${file}`, import.meta.url));

/** Written by `make.py` with PyTorch. */
const fixtures = JSON.parse(read("expected.json").toString()) as Fixture[];

describe.each(fixtures)("$name of PyTorch", ({ name, cases }) => {
  const model = importOnnx(read(`${name}.onnx`), `${name}.onnx`);
  const { dtype } = model.info.inputs[0]!;
  const toTensor = ({ data, shape }: Saved): Tensor => tensor(Float64Array.from(data), { shape, dtype: "float32" });
  const toInput = ({ data, shape }: Saved): Tensor => tensor(Float64Array.from(data), { shape, dtype });

  test("gives what PyTorch gives, for batches of 1 and 3", () => {
    expect(cases.map(({ input }) => input.shape[0])).toEqual([1, 3]);
    for (const { input, output } of cases) {
      expectClose(model.forward(toInput(input)), toTensor(output), `batch ${input.shape[0]}`);
    }
  });

  test("says what it is", () => {
    const { producer, opset, inputs, outputs } = model.info;
    expect(producer).toBe("pytorch");
    expect(opset).toBe(Number(name.split("-")[1]));
    expect(inputs).toEqual([{ name: "input", dtype, shape: ["batch", ...cases[0]!.input.shape.slice(1)] }]);
    expect(outputs.map((output) => output.name)).toEqual(["output"]);
  });
});

test("weights are parameters, running statistics are not", () => {
  const model = importOnnx(read("cnn-17-unfolded.onnx"), "cnn.onnx");
  expect([...model.buffers.keys()].toSorted()).toEqual(
    [1, 5].flatMap((i) => [`features.${i}.running_mean`, `features.${i}.running_var`]),
  );
  expect([...model.parameters.keys()].toSorted()).toEqual(
    [
      ...[0, 1, 5, 8].flatMap((i) => [`features.${i}.bias`, `features.${i}.weight`]),
      "features.4.weight",
      "head.bias",
      "head.weight",
    ].toSorted(),
  );
  expect([...model.parameters.values()].every((p) => p.requiresGrad)).toBe(true);
  expect([...model.buffers.values()].some((b) => b.requiresGrad)).toBe(false);
});

test("the weights do not share memory with the file", () => {
  const bytes = read("mlp-17.onnx");
  const model = importOnnx(bytes, "mlp.onnx");
  const x = tensor([[1, 2, 3, 4]]);
  const before = model.forward(x).toArray();
  bytes.fill(0);
  expect(model.forward(x).toArray()).toEqual(before);
});
