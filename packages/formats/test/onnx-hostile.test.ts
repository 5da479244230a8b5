import { readdirSync, readFileSync } from "node:fs";
import { add, FormatError, relu, ShapeError, tensor, UsageError, zeros } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportOnnx, importOnnx } from "../src/index.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { type Write, writeMessage } from "../src/onnx/protobuf.ts";
import { writeInt64s, writeTensor } from "../src/onnx/tensor-proto.ts";
import { type Draw, mutate, mutateFields, tryModel } from "./onnx-mutate.ts";

type Model = Write<typeof modelProto>;
type Graph = NonNullable<Model["graph"]>;
type Node = NonNullable<Graph["node"]>[number];

const float = (name: string, ...dims: number[]) => ({
  name,
  type: { tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
});

/** A file whose graph computes y from x, float32 [2, 3]. */
const modelOf = (node: readonly Node[], graph: Graph = {}, model: Model = {}): Uint8Array =>
  writeMessage(modelProto, {
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: { name: "g", node, input: [float("x", 2, 3)], output: [float("y")], ...graph },
    ...model,
  });

const relu1: Node = { opType: "Relu", name: "r", input: ["x"], output: ["y"] };

function refusal(bytes: Uint8Array): string {
  try {
    importOnnx(bytes, "bad.onnx").forward(zeros([2, 3]));
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as FormatError).message;
  }
  throw new Error("was not refused");
}

test("the smallest file works", () => {
  expect(
    importOnnx(modelOf([relu1]), "ok.onnx")
      .forward(
        tensor([
          [-1, 0, 1],
          [2, -2, 3],
        ]),
      )
      .toArray(),
  ).toEqual([
    [0, 0, 1],
    [2, 0, 3],
  ]);
});

describe("what is no model", () => {
  test.each([
    ["an empty file", new Uint8Array(), "it has no graph"],
    ["a text", new TextEncoder().encode('{"model": 1}'), "it is no protobuf message"],
    ["a file cut short", modelOf([relu1]).slice(0, -3), "it is no protobuf message"],
    ["zeros", new Uint8Array(100), "it is no protobuf message"],
    ["groups in groups", new Uint8Array(100_000).fill(0x0b | 0xf0), "it is no protobuf message"],
    ["start of a group, very often", new Uint8Array(100_000).fill(0xa3), "it is no protobuf message"],
    ["a length of 4 GiB", Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f), "it is no protobuf message"],
    [
      "text that is no UTF-8",
      modelOf([{ ...relu1, name: "xyz" }]).map((b) => (b === 0x79 ? 0xff : b)),
      "it is no protobuf message",
    ],
    ["no operators", modelOf([relu1], {}, { opsetImport: [] }), "which version of the operators"],
    [
      "old operators",
      modelOf([relu1], {}, { opsetImport: [{ version: 6 }] }),
      "version 6 of the operators, but 7 to 22",
    ],
    [
      "future operators",
      modelOf([relu1], {}, { opsetImport: [{ version: 2 ** 53 }] }),
      "torch.onnx.export(..., opset_version=17)",
    ],
  ])("%s", (_, bytes, message) => {
    const refused = refusal(bytes);
    expect(refused).toContain("Cannot read bad.onnx as ONNX: ");
    expect(refused).toContain(message);
  });

  test("more messages than any model has, of two bytes each", () => {
    const graph = [0x3a, 0x80, 0x9f, 0x49]; // of 1,200,000 bytes, seven bits a byte
    const file = new Uint8Array(graph.length + 1_200_000).map((_, i) => graph[i] ?? (i % 2 === 0 ? 0x0a : 0));
    expect(refusal(file)).toContain("more than 500000 messages");
  });
});

const raw = (name: string, dims: readonly number[], bytes: number, more: object = {}) => ({
  name,
  dims,
  dataType: 1,
  rawData: new Uint8Array(bytes),
  ...more,
});

describe("tensors that are not what they say", () => {
  test.each([
    ["more values than bytes", raw("w", [1000, 1000], 8), "needs 4000000 bytes, but has 8"],
    ["fewer values than bytes", raw("w", [1], 8), "needs 4 bytes, but has 8"],
    ["dimensions beyond all numbers", raw("w", [2 ** 52, 2 ** 52, 2 ** 52], 8), "but has 8"],
    ["dimensions whose product is 0 only in the end", raw("w", [2 ** 52, 2 ** 52, 0], 8), "needs 0 bytes, but has 8"],
    ["a negative dimension", raw("w", [-1, -1], 4), "whole numbers ≥ 0"],
    ["very many dimensions", raw("w", Array(1000).fill(1), 4), "1000 dimensions, more than 64"],
    [
      "values in another file",
      raw("w", [1], 0, { externalData: [{ key: "location", value: "/etc/passwd" }] }),
      "in another file",
    ],
    ["a place in another file", raw("w", [1], 4, { dataLocation: 1 }), "save_as_external_data=False"],
    ["half floats", raw("w", [1], 2, { dataType: 10 }), "is of float16"],
    ["an unknown type", raw("w", [1], 2, { dataType: 99 }), "is of number 99"],
    ["too few numbers", { name: "w", dims: [3], dataType: 1, floatData: [1, 2] }, "needs 3 values, but has 2"],
    ["large integers", { name: "w", dims: [1], dataType: 7, int64Data: [2 ** 40] }, "beyond the range of int32"],
    ["no name", raw("", [1], 4), "has no name"],
  ])("%s", (_, initializer, message) => {
    expect(
      refusal(modelOf([{ opType: "Add", input: ["x", "w"], output: ["y"] }], { initializer: [initializer] })),
    ).toContain(message);
  });

  test("two of one name", () => {
    expect(refusal(modelOf([relu1], { initializer: [raw("w", [1], 4), raw("w", [1], 4)] }))).toContain(
      'two of its tensors are named "w"',
    );
  });
});

describe("graphs that cannot be run", () => {
  const node = (opType: string, input: string, output: string, more: object = {}): Node => ({
    opType,
    name: `${opType}-1`,
    input: input.split(" "),
    output: output.split(" "),
    ...more,
  });
  test.each([
    [
      "a cycle",
      [node("Add", "x b", "a"), node("Relu", "a", "b"), node("Relu", "b", "y")],
      'reads "b", which is computed only afterwards, or from it in turn',
    ],
    ["a node that reads itself", [node("Add", "x y", "y")], "from it in turn"],
    [
      "a value that nothing computes",
      [node("Add", "x w", "y")],
      'node "Add-1" (Add) reads "w", which nothing computes',
    ],
    [
      "a value computed twice",
      [node("Relu", "x", "y"), node("Relu", "x", "y")],
      'computes "y", which there is already',
    ],
    ["an input computed", [node("Relu", "x", "x"), node("Relu", "x", "y")], 'computes "x"'],
    ["an output that nothing computes", [node("Relu", "x", "z")], 'nothing computes its output "y"'],
    [
      "unknown operators",
      [node("If", "x", "a"), node("Fancy", "a", "y", { domain: "com.example" })],
      '"If", "com.example.Fancy"',
    ],
    ["an operator called as what every object has", [node("constructor", "x", "y")], "not known here"],
    ["no output", [{ opType: "Relu", input: ["x"] }, node("Relu", "x", "y")], "has no output"],
    ["a missing input", [node("Add", "x", "y")], "lacks its input 1"],
    [
      "an attribute of another kind",
      [node("LeakyRelu", "x", "y", { attribute: [{ name: "alpha", i: 3, type: 2 }] })],
      'than a number as its attribute "alpha"',
    ],
    [
      "an attribute twice",
      [node("LeakyRelu", "x", "y", { attribute: [{ name: "alpha" }, { name: "alpha" }] })],
      "two attributes of one name",
    ],
    [
      "a dimension that is not there",
      [node("Softmax", "x", "y", { attribute: [{ name: "axis", i: 2, type: 2 }] })],
      "names the dimension 2 of a tensor that has 2",
    ],
    [
      "a shape from values",
      [node("Cast", "x", "s", { attribute: [{ name: "to", i: 7, type: 2 }] }), node("Reshape", "x s", "y")],
      "computes its shape from the values",
    ],
    [
      "a second output that is not computed",
      [node("Dropout", "x", "y mask"), node("Relu", "mask", "z")],
      "asked for its output 1",
    ],
    [
      "training mode",
      [node("BatchNormalization", "x x x x x", "y", { attribute: [{ name: "training_mode", i: 1, type: 2 }] })],
      "model.eval()",
    ],
  ])("%s", (_, nodes, message) => {
    expect(refusal(modelOf(nodes))).toContain(message);
  });

  test.each([
    ["Expand", [writeInt64s("s", [100_000, 100_000, 2, 3])]],
    ["Expand", [writeInt64s("s", Array(100).fill(1))]],
    ["Expand", [writeInt64s("s", [-1, 1, 1])]],
    ["Tile", [writeInt64s("s", [1e9, 1e9])]],
    ["Tile", [writeInt64s("s", [-1, 1])]],
    ["Pad", [writeInt64s("s", [1e9, 0, 0, 1e9])]],
    ["ConstantOfShape", [writeInt64s("s", [1e9, 1e9])]],
    ["ConstantOfShape", [writeInt64s("s", [-1])]],
    ["Split", [writeInt64s("s", [-5, 7])]],
  ])("%s to a size that is no size: %#", (opType, initializer) => {
    const input = opType === "ConstantOfShape" ? ["s"] : ["x", "s"];
    expect(() =>
      importOnnx(modelOf([{ opType, input, output: ["y"] }], { initializer }), "bad.onnx").forward(zeros([2, 3])),
    ).toThrow(expect.toSatisfy((error) => error instanceof FormatError || error instanceof ShapeError));
  });

  test("a range without end", () => {
    const initializer = [0, 1e9, 0].map((value, i) =>
      writeTensor(`${"abc"[i]}`, tensor(Float32Array.of(value), { shape: [] })),
    );
    expect(refusal(modelOf([node("Range", "a b c", "r"), node("Relu", "x", "y")], { initializer }))).toContain(
      "does not get from 0 to",
    );
  });

  test("a tensor that doubles, sixty times", () => {
    const nodes = Array.from({ length: 60 }, (_, i) => ({
      opType: "Concat",
      input: i === 0 ? ["x", "x"] : [`v${i}`, `v${i}`],
      output: [i === 59 ? "y" : `v${i + 1}`],
      attribute: [{ name: "axis", i: 0, type: 2 }],
    }));
    expect(refusal(modelOf(nodes))).toContain("more than 4194304 values, of few");
  });

  test("names that are those of an object's own do no harm", () => {
    const bytes = modelOf([node("Relu", "__proto__", "constructor"), node("Add", "constructor toString", "y")], {
      input: [float("__proto__", 2)],
      initializer: [writeTensor("toString", tensor([1, 2]))],
    });
    const model = importOnnx(bytes, "odd.onnx");
    expect(model.forward(tensor([-1, 3])).toArray()).toEqual([1, 5]);
    expect(({} as Record<string, unknown>)["0"]).toBeUndefined();
    expect([...model.parameters.keys()]).toEqual(["toString"]);
  });
});

test("wrong inputs are the caller's mistake, and say what is wanted", () => {
  const model = importOnnx(
    exportOnnx((x) => relu(x), { shape: [1, 3] }),
    "m.onnx",
  );
  expect(() => model.forward(zeros([2, 4]))).toThrow('m.onnx: the input "input" is [batch, 3], but got [2, 4].');
  expect(() => model.forward(zeros([2, 3], { dtype: "int32" }))).toThrow('"input" is float32, but got int32');
  expect(() => model.forward()).toThrow("takes 1 inputs (input), but got 0");
  const two = modelOf([relu1, { opType: "Neg", input: ["x"], output: ["z"] }], { output: [float("y"), float("z")] });
  expect(() => importOnnx(two, "m.onnx").forward(zeros([2, 3]))).toThrow(UsageError);
  expect(
    importOnnx(two, "m.onnx")
      .outputs(zeros([2, 3]))
      .map((x) => x.shape),
  ).toEqual([
    [2, 3],
    [2, 3],
  ]);
});

test("shapes that do not fit inside name the node", () => {
  const bytes = modelOf([{ opType: "Add", name: "sum", input: ["x", "w"], output: ["y"] }], {
    initializer: [writeTensor("w", zeros([4]))],
  });
  expect(() => importOnnx(bytes, "m.onnx").forward(zeros([2, 3]))).toThrow(
    'm.onnx: node "sum" (Add): add: cannot broadcast',
  );
});

describe("damaged files are refused or run, and nothing else", () => {
  const folder = new URL("./onnx-fixtures/", import.meta.url);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".onnx"))
    .map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
  files.push(exportOnnx((x) => add(relu(x), 1), { shape: [1, 3] }));

  test.each([
    ["in bytes", mutate, 1000],
    ["in fields", mutateFields, 300], // most of them are run
  ])("%s", (_, damage, numRuns) => {
    const drawn = fc.infiniteStream(fc.nat({ max: 2 ** 30 }));
    fc.assert(
      fc.property(fc.nat({ max: files.length - 1 }), drawn, (i, stream) => {
        const draw: Draw = (n) => stream.next().value % n;
        tryModel(damage(files[i]!, draw));
      }),
      { numRuns },
    );
  });
});
