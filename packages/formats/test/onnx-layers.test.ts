import { readFileSync } from "node:fs";
import { Rng, type Shape, type Tensor, tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { layerRows } from "../../layers/test/layer-rows.ts";
import { exportOnnx } from "../src/index.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { readMessage } from "../src/onnx/protobuf.ts";
import { expectClose } from "./onnx-compare.ts";
import { runOnnx } from "./onnx-runtime.ts";

interface Saved {
  readonly shape: Shape;
  readonly data: readonly number[];
}

interface LayerFixture {
  readonly name: string;
  readonly inputs: readonly Saved[];
  readonly inputGrad: Saved | null;
  readonly after: Readonly<Record<string, Saved>>;
}

/** Written by PyTorch for the tests of the layers. */
const fixtures = JSON.parse(
  readFileSync(new URL("../../layers/test/fixtures/layers.json", import.meta.url), "utf8"),
) as LayerFixture[];

/** By the batch's own statistics, which is no operator. */
const ownStatistics = [
  "ReduceMean",
  "ReduceMean",
  "Sub",
  "Mul",
  "ReduceMean",
  "Add",
  "Sqrt",
  "Div",
  "Reshape",
  "Sub",
  "Mul",
].concat(["Reshape", "Mul", "Reshape", "Add"]);

/** What each layer is in ONNX. */
const operators: Readonly<Record<string, readonly string[]>> = {
  Linear: ["Gemm"],
  "Linear, no bias, more dimensions": ["Transpose", "MatMul"],
  "Linear, a vector": ["Reshape", "Gemm", "Reshape", "Add"],
  Conv2d: ["Conv"],
  Conv1x1: ["Conv"],
  ReLU: ["Relu"],
  LeakyReLU: ["LeakyRelu"],
  GELU: ["Mul", "Mul", "Erf", "Add", "Mul"],
  "GELU, tanh": ["Mul", "Mul", "Add", "Mul", "Mul", "Mul", "Tanh", "Add", "Mul"],
  SiLU: ["Sigmoid", "Mul"],
  Tanh: ["Tanh"],
  Sigmoid: ["Sigmoid"],
  Softmax: ["Softmax"],
  Dropout: ["Identity"],
  BatchNorm2d: ["BatchNormalization"],
  "BatchNorm2d, no running statistics": ownStatistics,
  "BatchNorm2d, no running statistics, evaluation": ownStatistics,
  LayerNorm: ["LayerNormalization"],
  GroupNorm: ["Reshape", "InstanceNormalization", "Reshape", "Reshape", "Mul", "Reshape", "Add"],
  "GroupNorm, vectors, eps, not affine": ["Reshape", "InstanceNormalization", "Flatten"],
  Embedding: ["Gather"],
  MaxPool2d: ["MaxPool"],
  AvgPool2d: ["AveragePool"],
  GlobalAvgPool2d: ["GlobalAveragePool", "Flatten"],
  Flatten: ["Flatten"],
  "Flatten, some": ["Reshape"],
  "Sequential, nested": ["Conv", "BatchNormalization", "Tanh", "Flatten", "Gemm"],
  Residual: ["Conv", "Tanh", "Add"],
  "Residual, shortcut": ["Conv", "Conv", "Add"],
};

const rng = new Rng(1);

function inputOf({ inputs, inputGrad }: LayerFixture, batch: number | undefined): Tensor {
  const last = inputs.at(-1)!;
  const shape = batch === undefined ? last.shape : last.shape.with(0, batch);
  return inputGrad ? rng.normal(shape) : rng.randint(shape, 0, Math.max(...last.data) + 1);
}

describe.each(fixtures)("$name", (fixture) => {
  const layer = layerRows[fixture.name]!().eval();
  layer.loadStateDict(
    new Map(
      Object.entries(fixture.after).map(([k, { data, shape }]) => [k, tensor(Float32Array.from(data), { shape })]),
    ),
  );
  const names = new Map([...layer.namedParameters(), ...layer.namedBuffers()]);
  const isVector = fixture.name === "Linear, a vector";
  const sizes = isVector ? [undefined] : [1, 3];
  const { shape, dtype } = inputOf(fixture, sizes[0]);
  const bytes = exportOnnx((x) => layer.forward(x), { shape, dtype }, { names, dynamicBatch: !isVector });

  test("gives the same in ONNX Runtime, for batches of 1 and 3", async () => {
    const inputs = sizes.map((size) => inputOf(fixture, size));
    const outputs = await runOnnx(bytes, ...inputs);
    inputs.forEach((x, i) => {
      expectClose(outputs[i]!, layer.forward(x), `batch ${sizes[i]}`);
    });
  });

  test("is the operators that ONNX has for it, with weights by name", () => {
    const { graph } = readMessage(modelProto, bytes);
    const kind = fixture.name in operators ? fixture.name : fixture.name.split(",")[0]!;
    expect(graph!.node.map(({ opType }) => opType).filter((type) => type !== "Constant")).toEqual(operators[kind]);
    const initializers = graph!.initializer.map(({ name }) => name);
    expect(initializers.toSorted()).toEqual(
      [...names.keys()].filter((name) => !name.endsWith("num_batches_tracked")).sort(),
    );
  });
});
