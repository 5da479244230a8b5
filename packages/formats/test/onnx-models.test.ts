import { readFileSync } from "node:fs";
import {
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  Dropout,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Residual,
  Sequential,
} from "@pointwise/layers";
import { Rng, type Shape } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { exportOnnx, importOnnx } from "../src/index.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { readMessage } from "../src/onnx/protobuf.ts";
import { expectClose } from "./onnx-compare.ts";
import { runOnnx } from "./onnx-runtime.ts";

const rng = new Rng(3);

const models: Readonly<Record<string, { readonly model: Module; readonly shape: Shape; readonly operators: string }>> =
  {
    MLP: {
      model: new Sequential(
        new Flatten(),
        new Linear(12, 16, { rng }),
        new ReLU(),
        new Dropout(0.5, { rng }),
        new Linear(16, 3, { rng }),
      ),
      shape: [1, 3, 4],
      operators: "Flatten Gemm Relu Gemm",
    },
    "convolutional, a 1×1 head": {
      model: new Sequential(
        new Conv2d(1, 6, 5, { padding: 2, rng }),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(6, 16, 5, { rng }),
        new ReLU(),
        new MaxPool2d(2),
        new Conv1x1(16, 24, { rng }),
        new ReLU(),
        new Conv1x1(24, 10, { rng }),
        new GlobalAvgPool2d(),
      ),
      shape: [1, 28, 28],
      operators: "Conv Relu MaxPool Conv Relu MaxPool Conv Relu Conv GlobalAveragePool Flatten",
    },
    "residual, batch normalisation": {
      model: new Sequential(
        new Conv2d(3, 8, 3, { padding: 1, bias: false, rng }),
        new BatchNorm2d(8),
        new ReLU(),
        new Residual(
          new Sequential(
            new Conv2d(8, 16, 3, { padding: 1, stride: 2, rng }),
            new BatchNorm2d(16),
            new ReLU(),
            new Conv2d(16, 16, 3, { padding: 1, rng }),
            new BatchNorm2d(16),
          ),
          new Conv1x1(8, 16, { stride: 2, rng }),
        ),
        new ReLU(),
        new GlobalAvgPool2d(),
        new Linear(16, 5, { rng }),
      ),
      shape: [3, 10, 10],
      operators:
        "Conv BatchNormalization Relu Conv BatchNormalization Relu Conv BatchNormalization Conv Add Relu GlobalAveragePool Flatten Gemm",
    },
  };

describe.each(Object.entries(models))("%s", (_, { model, shape, operators }) => {
  for (let i = 0; i < 3; i++) model.train().forward(rng.normal([4, ...shape])); // for running statistics
  model.eval();
  const names = new Map([...model.namedParameters(), ...model.namedBuffers()]);
  const bytes = exportOnnx(
    (x) => model.forward(x),
    { shape: [1, ...shape] },
    { names, modelName: "test", docString: "A text." },
  );
  const inputs = [rng.normal([1, ...shape]), rng.normal([3, ...shape])];

  test("gives the same in ONNX Runtime", async () => {
    const outputs = await runOnnx(bytes, ...inputs);
    inputs.forEach((x, i) => {
      expectClose(outputs[i]!, model.forward(x), `batch ${x.shape[0]}`);
    });
  });

  test("is a graph that can be read", () => {
    const { graph, opsetImport, producerName, docString } = readMessage(modelProto, bytes);
    expect(opsetImport).toEqual([{ domain: "", version: 17 }]);
    expect([producerName, graph!.name, docString]).toEqual(["pointwise", "test", "A text."]);
    const nodes = graph!.node.filter(({ opType }) => opType !== "Constant");
    expect(nodes.map(({ opType }) => opType).join(" ")).toBe(operators);
    const first = graph!.input[0]!;
    expect(first.name).toBe("input");
    expect(first.type!.tensorType!.shape!.dim.map(({ dimParam, dimValue }) => dimParam ?? dimValue)).toEqual([
      "batch",
      ...shape,
    ]);
    expect(graph!.output[0]!.name).toBe("output");
    const lastLinear = nodes.find(({ input }) => input.some((name) => name.endsWith(".weight")))!;
    expect(lastLinear.name).toBe(`/${lastLinear.input[1]!.split(".")[0]}/${lastLinear.opType}`);
  });

  test("comes back with its weights when imported", () => {
    const imported = importOnnx(bytes, "model.onnx");
    expect(new Set(imported.parameters.keys())).toEqual(new Set(model.namedParameters().keys()));
    for (const [name, p] of model.namedParameters()) expect(imported.parameters.get(name)!.data).toEqual(p.data);
    for (const x of inputs) expectClose(imported.forward(x), model.forward(x), `batch ${x.shape[0]}`);
  });
});

test.each(["cnn-17-unfolded", "residual-14"])("%s of PyTorch goes on to ONNX Runtime", async (name) => {
  const model = importOnnx(readFileSync(new URL(`./onnx-fixtures/${name}.onnx`, import.meta.url)), name);
  const [, ...shape] = model.info.inputs[0]!.shape as [string, ...number[]];
  const names = new Map([...model.parameters, ...model.buffers]);
  const bytes = exportOnnx((x) => model.forward(x), { shape: [1, ...shape] }, { names });
  const x = rng.normal([3, ...shape]);
  const [y] = await runOnnx(bytes, x);
  expectClose(y!, model.forward(x), name);
  expect(new Set(importOnnx(bytes, name).parameters.keys())).toEqual(new Set(model.parameters.keys()));
});
