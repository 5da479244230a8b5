import { mul, ones, Rng, relu, type Tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import {
  AvgPool2d,
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  Embedding,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  Module,
  Parameter,
  ReLU,
  Residual,
  Sequential,
} from "../src/index.ts";

const rng = new Rng(0);

const network = () =>
  new Sequential(
    new Conv2d(1, 32, 3, { padding: 1, rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Residual(new Sequential(new Conv2d(32, 32, 3, { padding: 1, groups: 32, rng }), new BatchNorm2d(32))),
    new Conv1x1(32, 64, { bias: false, rng }),
    new Conv1x1(64, 10, { rng }),
    new GlobalAvgPool2d(),
  );

test("a table", () => {
  expect(`\n${network().summary([1, 28, 28])}\n`).toMatchInlineSnapshot(`
    "
    path       layer                      output    parameters                    MACs    memory  sees
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    0          Conv2d(1, 32, 3, { paddi…  32×28×28  3·3·1·32 + 32 = 320        225,792  98.0 KiB  3×3
    1          ReLU()                     32×28×28                                   0  98.0 KiB  3×3
    2          MaxPool2d(2)               32×14×14                                   0  24.5 KiB  4×4 /2
    3.block.0  Conv2d(32, 32, 3, { padd…  32×14×14  3·3·(32/32)·32 + 32 = 320   56,448  24.5 KiB  8×8 /2
    3.block.1  BatchNorm2d(32)            32×14×14  32 + 32 = 64                 6,272  24.5 KiB  8×8 /2
    3          Residual()                 32×14×14                                   0  24.5 KiB  8×8 /2
    4          Conv1x1(32, 64, { bias: …  64×14×14  1·1·32·64 = 2,048          401,408  49.0 KiB  8×8 /2
    5          Conv1x1(64, 10)            10×14×14  1·1·64·10 + 10 = 650       125,440   7.7 KiB  8×8 /2
    6          GlobalAvgPool2d()          10                                         0      40 B  all
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    3,402 parameters; for one input of 1×28×28: 815,360 MACs, 351 KiB of activations
    "
  `);
});

test("rows for programs", () => {
  const { rows, parameters, macs, activationBytes } = network().summary([1, 28, 28]);
  expect(rows[0]).toEqual({
    path: "0",
    layer: "Conv2d(1, 32, 3, { padding: 1 })",
    outputShape: [32, 28, 28],
    parameters: 320,
    formula: "3·3·1·32 + 32",
    macs: 3 * 3 * 32 * 28 * 28,
    activationBytes: 32 * 28 * 28 * 4,
    receptiveField: { size: [3, 3], jump: [1, 1] },
  });
  expect(rows.map(({ path }) => path)).toEqual(["0", "1", "2", "3.block.0", "3.block.1", "3", "4", "5", "6"]);
  expect(parameters).toBe(320 + 320 + 64 + 2048 + 650);
  expect(macs).toBe(rows.reduce((sum, row) => sum + row.macs!, 0));
  expect(activationBytes).toBe(4 * (2 * 25088 + 3 * 6272 + 6272 + 12544 + 1960 + 10));
});

test("every formula is right", () => {
  const model = new Sequential(
    new Conv2d(6, 9, [3, 5], { groups: 3, rng }),
    new Conv2d(9, 4, 2, { bias: false, rng }),
    new Conv1x1(4, 8, { groups: 2, rng }),
    new BatchNorm2d(8),
    new GlobalAvgPool2d(),
    new Linear(8, 7, { rng }),
    new Linear(7, 5, { bias: false, rng }),
  );
  for (const { formula, parameters } of model.summary([6, 9, 9]).rows) {
    expect(Function(`return ${formula.replaceAll("·", "*") || 0}`)(), formula).toBe(parameters);
  }
});

test("a dense head over a map: a Flatten costs nothing, and a Linear sees everything", () => {
  const model = new Sequential(
    new Conv2d(1, 4, 3, { stride: 2, rng }),
    new Flatten(),
    new Linear(4 * 13 * 13, 10, { rng }),
  );
  const [conv, flatten, linear] = model.summary([1, 28, 28]).rows;
  expect(flatten).toMatchObject({ activationBytes: 0, parameters: 0, macs: 0, outputShape: [676] });
  expect(linear).toMatchObject({ formula: "676·10 + 10", macs: 6760, receptiveField: { size: "all" } });
  expect(conv!.receptiveField).toEqual({ size: [3, 3], jump: [2, 2] });
});

test("receptive fields grow with kernel, stride and dilation, in each direction", () => {
  const model = new Sequential(
    new Conv2d(1, 1, [3, 5], { rng }),
    new AvgPool2d(2, { stride: [2, 1] }),
    new Conv2d(1, 1, 3, { dilation: 2, rng }),
  );
  const fields = model.summary([1, 30, 30]).rows.map((row) => row.receptiveField);
  expect(fields).toEqual([
    { size: [3, 5], jump: [1, 1] },
    { size: [4, 6], jump: [2, 1] },
    { size: [12, 10], jump: [2, 1] },
  ]);
  expect(String(model.summary([1, 30, 30]))).toMatch(/12×10 \/2×1/);
});

test("vectors have no receptive field", () => {
  const { rows } = new Sequential(new Linear(4, 3, { rng }), new ReLU()).summary([4]);
  expect(rows.map((row) => row.receptiveField)).toEqual([undefined, undefined]);
});

test("indices, and a model of one layer", () => {
  const summary = new Embedding(10, 4, { rng }).summary([6], { dtype: "int32" });
  expect(summary.rows).toMatchObject([{ path: "", formula: "4·10", parameters: 40, macs: 0, outputShape: [6, 4] }]);
  expect(String(summary)).toContain("(model)");
});

describe("modules of the user's", () => {
  class Mine extends Module {
    readonly gain = new Parameter(ones([4, 1, 1]));
    readonly conv = new Conv2d(1, 4, 3, { rng });
    readonly again = new Conv2d(4, 4, 3, { padding: 1, rng });
    override forward(x: Tensor): Tensor {
      const y = relu(this.conv.forward(x));
      return mul(this.again.forward(this.again.forward(y)), this.gain);
    }
  }

  test("have a row for each call of a child, and one for what is their own", () => {
    const summary = new Mine().summary([1, 8, 8]);
    expect(summary.rows.map(({ path, parameters, macs }) => [path, parameters, macs])).toEqual([
      ["conv", 40, 1296],
      ["again", 148, 5184],
      ["again", 0, 5184],
      ["", 4, undefined],
    ]);
    expect(summary.rows.map((row) => row.receptiveField?.size)).toEqual([
      [3, 3],
      [5, 5],
      [7, 7],
      [7, 7],
    ]);
    expect(summary.parameters).toBe(192);
    expect(String(summary)).toMatch(/as above.*at least 11,664 MACs/s);
  });

  test("are left as they were, also when the model refuses the input", () => {
    const model = new Sequential(new Mine(), new BatchNorm2d(4)).train();
    model.layers[1].eval();
    const before = model.stateDict();
    model.summary([1, 8, 8]);
    expect(() => model.summary([2, 8, 8])).toThrow('Conv2d at "0.conv": expects 1 channel, but got [1, 2, 8, 8]');
    expect([model.training, model.layers[1].training]).toEqual([true, false]);
    expect([...model.namedModules().values()].filter((m) => Object.hasOwn(m, "forward"))).toEqual([]);
    expect(model.stateDict()).toEqual(before);
  });

  test("that are frozen are counted apart", () => {
    expect(
      String(new Sequential(new Linear(2, 3, { rng }).freeze(), new Linear(3, 1, { rng })).summary([2])),
    ).toContain("13 parameters, 4 of them trained");
  });
});
