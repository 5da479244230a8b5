import { Rng, type Shape, type Tensor, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { importOnnx } from "../src/index.ts";
import { type Attributes, writeAttributes } from "../src/onnx/export/attributes.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { writeMessage } from "../src/onnx/protobuf.ts";
import { writeInt64s, writeTensor } from "../src/onnx/tensor-proto.ts";
import { expectClose } from "./onnx-compare.ts";
import { runOnnx } from "./onnx-runtime.ts";

const rng = new Rng(6);

interface Row {
  readonly opType: string;
  /** Of x; [2, 3, 4] unless said otherwise. */
  readonly shape?: Shape;
  /** Other inputs, after x: a list is one of int64s. */
  readonly inputs?: readonly (Tensor | readonly number[] | undefined)[];
  readonly attributes?: Attributes;
  readonly opset?: number;
  /** Which of its outputs to look at. */
  readonly output?: number;
}

const number = (value: number) => tensor(Float32Array.of(value), { shape: [] });
const float = (value: number) => ({ float: value });
const maps: Shape = [2, 2, 6, 7];

/** Operators, and options of operators, that neither the exports of this package nor the fixtures of PyTorch use. */
const rows: readonly Row[] = [
  {
    opType: "Gemm",
    shape: [3, 4],
    inputs: [rng.normal([4, 2]), rng.normal([2])],
    attributes: { alpha: float(0.5), beta: float(2) },
  },
  { opType: "Gemm", shape: [3, 4], inputs: [rng.normal([2, 3])], attributes: { transA: 1, transB: 1 } },
  { opType: "Mod", inputs: [number(0.7)], attributes: { fmod: 1 } },
  { opType: "Max", inputs: [rng.normal([4]), number(0)] },
  { opType: "Sum", inputs: [rng.normal([4]), rng.normal([3, 1])] },
  { opType: "Softsign" },
  { opType: "Elu", attributes: { alpha: float(0.7) } },
  { opType: "Selu" },
  { opType: "HardSigmoid", attributes: { alpha: float(0.3), beta: float(0.4) } },
  { opType: "HardSwish" },
  { opType: "Mish", opset: 18 },
  { opType: "Gelu", opset: 20 },
  { opType: "Gelu", opset: 20, attributes: { approximate: "tanh" } },
  { opType: "PRelu", inputs: [rng.normal([3, 1])] },
  { opType: "Clip", inputs: [undefined, number(0.3)] },
  { opType: "Clip", opset: 10, attributes: { min: float(-0.2) } },
  { opType: "Softmax", opset: 12 },
  { opType: "Softmax", opset: 12, attributes: { axis: -1 } },
  { opType: "LogSoftmax" },
  { opType: "IsInf", shape: [2], attributes: { detect_negative: 0 } },
  {
    opType: "Conv",
    shape: maps,
    inputs: [rng.normal([3, 2, 3, 2])],
    attributes: { auto_pad: "SAME_UPPER", strides: [2, 2] },
  },
  { opType: "Conv", shape: maps, inputs: [rng.normal([3, 2, 2, 2])], attributes: { auto_pad: "SAME_LOWER" } },
  {
    opType: "Conv",
    shape: maps,
    inputs: [rng.normal([3, 2, 2, 2])],
    attributes: { auto_pad: "VALID", dilations: [2, 3] },
  },
  {
    opType: "Conv",
    shape: maps,
    inputs: [rng.normal([3, 2, 2, 2]), rng.normal([3])],
    attributes: { pads: [1, 0, 2, 3] },
  },
  { opType: "MaxPool", shape: maps, attributes: { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 0, 1] } },
  { opType: "MaxPool", shape: maps, attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 } },
  { opType: "AveragePool", shape: maps, attributes: { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 0, 1] } },
  {
    opType: "AveragePool",
    shape: maps,
    attributes: { kernel_shape: [3, 2], pads: [1, 0, 0, 1], count_include_pad: 1 },
  },
  { opType: "GlobalMaxPool", shape: maps },
  { opType: "GlobalAveragePool", shape: [2, 3, 4] },
  {
    opType: "InstanceNormalization",
    shape: maps,
    inputs: [rng.normal([2]), rng.normal([2])],
    attributes: { epsilon: float(0.1) },
  },
  { opType: "LayerNormalization", inputs: [rng.normal([3, 4]), rng.normal([3, 4])], attributes: { axis: 1 } },
  { opType: "Flatten", attributes: { axis: 2 } },
  { opType: "Flatten", attributes: { axis: 0 } },
  { opType: "Flatten", attributes: { axis: -1 } },
  { opType: "Transpose" },
  { opType: "Squeeze", shape: [1, 3, 1] },
  { opType: "Squeeze", shape: [1, 3, 1], inputs: [[-1]] },
  { opType: "Squeeze", shape: [1, 3, 1], attributes: { axes: [0] }, opset: 12 },
  { opType: "Unsqueeze", inputs: [[-1, 0]] },
  { opType: "Unsqueeze", attributes: { axes: [1, 3] }, opset: 11 },
  { opType: "Reshape", inputs: [[0, -1, 2]] },
  { opType: "Split", attributes: { axis: 2 }, output: 1 },
  { opType: "Split", inputs: [[1, 3]], attributes: { axis: -1 }, output: 1 },
  { opType: "Split", attributes: { axis: 1, num_outputs: 2 }, opset: 18, output: 1 },
  { opType: "Expand", inputs: [[5, 1, 3, 1]] },
  { opType: "Tile", inputs: [[1, 2, 3]] },
  { opType: "Pad", inputs: [[1, 0, 0, 2, 0, 1]] },
  { opType: "Pad", inputs: [[1, 2], number(3), [-1]], opset: 18 },
  { opType: "Pad", attributes: { pads: [0, 0, 1, 0, 1, 0], value: float(2) }, opset: 10 },
  {
    opType: "Slice",
    inputs: [
      [1, 0],
      [Infinity, -1],
      [2, 1],
    ],
  },
  {
    opType: "Slice",
    inputs: [
      [3, -1],
      [0, -4],
      [2, 1],
      [-2, -1],
    ],
  },
  { opType: "Slice", inputs: [[-1], [-Infinity], [-1], [-1]] },
  { opType: "Slice", attributes: { starts: [1], ends: [3], axes: [1] }, opset: 9 },
  { opType: "Gather", inputs: [[-1, 0, 1]], attributes: { axis: 1 } },
  { opType: "CumSum", inputs: [[1]], attributes: { reverse: 1 } },
  { opType: "ReduceSum", inputs: [[0, -1]], attributes: { keepdims: 0 } },
  { opType: "ReduceSum", attributes: { keepdims: 0 } },
  { opType: "ReduceSum", attributes: { noop_with_empty_axes: 1 } },
  { opType: "ReduceSum", attributes: { axes: [1] }, opset: 11 },
  { opType: "ReduceMean", inputs: [[1]], opset: 18 },
  { opType: "ReduceL2", attributes: { axes: [-1] } },
  { opType: "ReduceMin", attributes: { axes: [0], keepdims: 0 } },
];

/** A file of one operator on x. */
function fileOf({ opType, inputs = [], attributes = {}, opset = 17, output = 0 }: Row, { shape }: Tensor): Uint8Array {
  const names = inputs.map((input, i) => (input ? `w${i}` : ""));
  return writeMessage(modelProto, {
    irVersion: 8,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: opType,
      node: [
        {
          opType,
          input: ["x", ...names],
          output: [...Array.from({ length: output }, (_, i) => `unused${i}`), "y"],
          attribute: writeAttributes(attributes),
        },
      ],
      initializer: inputs.flatMap((input, i) => {
        if (!input) return [];
        return "dtype" in input ? [writeTensor(names[i]!, input)] : [writeInt64s(names[i]!, input)];
      }),
      input: [
        { name: "x", type: { tensorType: { elemType: 1, shape: { dim: shape.map((dimValue) => ({ dimValue })) } } } },
      ],
      output: [{ name: "y", type: { tensorType: { elemType: opType === "IsInf" ? 9 : 1 } } }],
    },
  });
}

test.each(rows)("$opType $attributes $inputs of version $opset", async (row) => {
  const x = rng.normal(row.shape ?? [2, 3, 4]);
  if (row.opType === "IsInf") x.data.set([Infinity, -Infinity]);
  const bytes = fileOf(row, x);
  const [expected] = await runOnnx(bytes, x);
  expectClose(importOnnx(bytes, "operator.onnx").forward(x), expected!, row.opType);
});

test("shapes are known while values are not", () => {
  const bytes = writeMessage(modelProto, {
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: {
      node: [
        { opType: "Size", input: ["x"], output: ["size"] },
        { opType: "Shape", input: ["x"], output: ["rows"], attribute: writeAttributes({ start: -2, end: -1 }) },
        { opType: "Div", input: ["size", "rows"], output: ["columns"] },
        { opType: "Range", input: ["zero", "size", "one"], output: ["places"] },
        { opType: "Concat", input: ["rows", "columns"], output: ["shape"], attribute: writeAttributes({ axis: 0 }) },
        { opType: "Reshape", input: ["places", "shape"], output: ["grid"] },
        {
          opType: "Cast",
          input: ["grid"],
          output: ["numbers"],
          attribute: writeAttributes({ to: { dtype: "float32" } }),
        },
        { opType: "ConstantOfShape", input: ["shape"], output: ["zeros"] },
        { opType: "Sum", input: ["x", "numbers", "zeros"], output: ["y"] },
      ],
      initializer: [0, 1].map((v) => writeTensor(["zero", "one"][v]!, tensor(Int32Array.of(v), { shape: [] }))),
      input: [{ name: "x", type: { tensorType: { elemType: 1 } } }],
      output: [{ name: "y", type: { tensorType: { elemType: 1 } } }],
    },
  });
  const model = importOnnx(bytes, "shapes.onnx");
  expect(
    model
      .forward(
        tensor([
          [0, 0, 0],
          [0.5, 0, 0],
        ]),
      )
      .toArray(),
  ).toEqual([
    [0, 1, 2],
    [3.5, 4, 5],
  ]);
  expect(model.forward(tensor([[1]])).toArray()).toEqual([[1]]);
});
