import { add, DTypeError, ones, Rng, ShapeError, type Tensor, UsageError, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import * as layers from "../src/index.ts";
import {
  AvgPool2d,
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  Dropout,
  Embedding,
  Flatten,
  GELU,
  GlobalAvgPool2d,
  GroupNorm,
  LayerNorm,
  LeakyReLU,
  Linear,
  MaxPool2d,
  Module,
  Parameter,
  ReLU,
  Residual,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from "../src/index.ts";

const rng = new Rng(0);
const int32 = { dtype: "int32" } as const;

/** Layers as a program makes them that the compiler cannot follow. */
const unchecked = (...modules: Module[]): Sequential => new Sequential(...modules);

function messageOf(run: () => unknown, kind: typeof ShapeError | typeof DTypeError | typeof UsageError): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as Error).message;
  }
  throw new Error("no error was thrown");
}

/** Each layer with an input that it cannot work on: what it says, in full. */
const wrongInputs: readonly [layer: Module, x: Tensor, kind: typeof ShapeError | typeof DTypeError, message: string][] =
  [
    [
      new Linear(9, 2, { rng }),
      zeros([4, 8]),
      ShapeError,
      "Linear: expects 9 features in the last dimension, but got [4, 8] (8 features). Did you mean new Linear(8, 2)?",
    ],
    [
      new Linear(9, 2, { rng }),
      zeros([4, 1, 3, 3]),
      ShapeError,
      "Linear: expects 9 features in the last dimension, but got [4, 1, 3, 3] (3 features). Put new Flatten() before it.",
    ],
    [
      new Linear(9, 2, { rng }),
      zeros([]),
      ShapeError,
      "Linear: expects 9 features in the last dimension, but got a scalar. Reshape it.",
    ],
    [
      new Linear(9, 2, { rng }),
      zeros([4, 9], int32),
      DTypeError,
      'Linear: expects float32 or float64 values, but got int32 [4, 9]. Use cast(x, "float32"), or an Embedding for indices.',
    ],
    [
      new Conv2d(3, 8, [3, 5], { rng }),
      zeros([4, 1, 9, 9]),
      ShapeError,
      "Conv2d: expects 3 channels, but got [4, 1, 9, 9] (1 channel). Did you mean new Conv2d(1, 8, [3, 5])?",
    ],
    [
      new Conv2d(3, 8, 3, { rng }),
      zeros([4, 9, 9, 3]),
      ShapeError,
      "Conv2d: expects 3 channels, but got [4, 9, 9, 3] (9 channels). Are the channels last? permute(x, [0, 3, 1, 2]) brings them to the front.",
    ],
    [
      new Conv2d(3, 8, 3, { rng }),
      zeros([3, 9, 9]),
      ShapeError,
      "Conv2d: expects maps [N, C, H, W], but got [3, 9, 9]. For one picture add the batch dimension: reshape(x, [1, 3, 9, 9]).",
    ],
    [
      new Conv2d(3, 8, 3, { rng }),
      zeros([4, 3, 9, 9], { dtype: "bool" }),
      DTypeError,
      'Conv2d: expects float32 or float64 values, but got bool [4, 3, 9, 9]. Use cast(x, "float32").',
    ],
    [
      new Conv1x1(32, 64, { rng }),
      zeros([4, 16, 9, 9]),
      ShapeError,
      "Conv1x1: expects 32 channels, but got [4, 16, 9, 9] (16 channels). Did you mean new Conv1x1(16, 64)?",
    ],
    [
      new Conv1x1(32, 64, { rng }),
      zeros([4, 32]),
      ShapeError,
      "Conv1x1: expects maps [N, C, H, W], but got [4, 32]. Values that were flattened have lost their height and width: put the layer before the Flatten.",
    ],
    [
      new MaxPool2d(2),
      zeros([4]),
      ShapeError,
      "MaxPool2d: expects maps [N, C, H, W], but got [4]. Reshape it to batch, channels, height and width.",
    ],
    [
      new AvgPool2d(2),
      zeros([4, 9, 9]),
      ShapeError,
      "AvgPool2d: expects maps [N, C, H, W], but got [4, 9, 9]. For one picture add the batch dimension: reshape(x, [1, 4, 9, 9]).",
    ],
    [
      new GlobalAvgPool2d(),
      zeros([4, 9]),
      ShapeError,
      "GlobalAvgPool2d: expects maps [N, C, H, W], but got [4, 9]. Values that were flattened have lost their height and width: put the layer before the Flatten.",
    ],
    [
      new BatchNorm2d(3),
      zeros([4, 2, 5, 5]),
      ShapeError,
      "BatchNorm2d: expects 3 channels, but got [4, 2, 5, 5] (2 channels). Did you mean new BatchNorm2d(2)?",
    ],
    [
      new BatchNorm2d(3),
      zeros([1, 3, 1, 1]),
      ShapeError,
      "BatchNorm2d: needs more than one value per channel in training, but got [1, 3, 1, 1]. Use larger batches or pictures, or switch to evaluation with eval().",
    ],
    [
      new LayerNorm(4),
      zeros([2, 3]),
      ShapeError,
      "LayerNorm: expects the last dimensions [4], but got [2, 3]. Did you mean new LayerNorm(3)?",
    ],
    [
      new LayerNorm([3, 4]),
      zeros([2, 4, 3]),
      ShapeError,
      "LayerNorm: expects the last dimensions [3, 4], but got [2, 4, 3]. Did you mean new LayerNorm([4, 3])?",
    ],
    [
      new GroupNorm(2, 4),
      zeros([2, 6, 3, 3]),
      ShapeError,
      "GroupNorm: expects 4 channels in [N, C, …], but got [2, 6, 3, 3]. Did you mean new GroupNorm(2, 6)?",
    ],
    [new GroupNorm(2, 4), zeros([4]), ShapeError, "GroupNorm: expects 4 channels in [N, C, …], but got [4]."],
    [
      new Embedding(5, 3, { rng }),
      zeros([2]),
      DTypeError,
      'Embedding: expects int32 indices, but got float32 [2]. Use cast(x, "int32"), or a Linear for values that are no indices.',
    ],
    [
      new Softmax(1),
      zeros([2]),
      ShapeError,
      "Softmax: works along dimension 1, but got [2], which has 1. Dimension 1 is that of the classes, −1 the last.",
    ],
    [
      new Flatten(2),
      zeros([2, 3]),
      ShapeError,
      "Flatten: merges dimensions 2 to -1, which [2, 3] does not have. The first dimension, 0, is that of the batch.",
    ],
    [
      new Residual(new Conv2d(2, 2, 3, { rng })),
      zeros([1, 2, 5, 5]),
      ShapeError,
      "Residual: its block makes [1, 2, 3, 3] of [1, 2, 5, 5], which cannot be added. Keep the shape (stride 1, padding), or give a shortcut, such as a Conv1x1 of the block's channels and stride.",
    ],
    [
      new Residual(new Conv2d(2, 2, 3, { rng }), new Conv1x1(2, 2, { rng })),
      zeros([1, 2, 5, 5]),
      ShapeError,
      "Residual: its block gives [1, 2, 3, 3], but its shortcut [1, 2, 5, 5]. They are added, and must have one shape.",
    ],
    ...[new ReLU(), new LeakyReLU(), new GELU(), new SiLU(), new Tanh(), new Sigmoid(), new Dropout(0.5, { rng })].map(
      (layer): [Module, Tensor, typeof DTypeError, string] => [
        layer,
        zeros([2, 3], int32),
        DTypeError,
        `${layer.constructor.name}: expects float32 or float64 values, but got int32 [2, 3]. Use cast(x, "float32"), or an Embedding for indices.`,
      ],
    ),
    [
      unchecked(new ReLU()),
      zeros([2, 3], { dtype: "bool" }),
      DTypeError,
      'ReLU at "0": expects float32 or float64 values, but got bool [2, 3]. Use cast(x, "float32").',
    ],
  ];

test.each(wrongInputs)("%s refuses a wrong input", (layer, x, kind, message) => {
  expect(messageOf(() => layer.forward(x), kind)).toBe(message);
});

test("every exported layer is in that list", () => {
  const names = Object.entries(layers)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Module)
    .map(([name]) => name)
    .filter((name) => name !== "Pointwise");
  expect(new Set(wrongInputs.map(([layer]) => layer.constructor.name))).toEqual(new Set(names));
});

describe("in a model, the error says where", () => {
  const wrong = () => new Conv1x1(32, 64, { rng });
  const x = zeros([64, 1, 30, 30]);

  test("with the path, where the input comes from, and the fix", () => {
    const model = unchecked(new Conv2d(1, 16, 3, { rng }), new ReLU(), new MaxPool2d(2), wrong());
    expect(messageOf(() => model.forward(x), ShapeError)).toBe(
      'Conv1x1 at "3": expects 32 channels, but got [64, 16, 14, 14] (16 channels). Its input comes from "2" (MaxPool2d). ' +
        "Did you mean new Conv1x1(16, 64)?",
    );
  });

  test("through nested Sequentials and Residuals", () => {
    const model = unchecked(new ReLU(), unchecked(new Residual(unchecked(wrong(), new ReLU()))));
    expect(messageOf(() => model.forward(x), ShapeError)).toMatch(
      /^Conv1x1 at "1\.0\.block\.0": .* Its input comes from "0" \(ReLU\)\./,
    );
  });

  test("inside a module of the user's", () => {
    class Mine extends Module {
      readonly stem = new ReLU();
      readonly heads = [unchecked(new Tanh(), wrong())];
      override forward(input: Tensor): Tensor {
        return this.heads[0]!.forward(this.stem.forward(input));
      }
    }
    expect(messageOf(() => unchecked(new ReLU(), new Mine()).forward(x), ShapeError)).toMatch(
      /^Conv1x1 at "1\.heads\.0\.1": .* Its input comes from "1\.heads\.0\.0" \(Tanh\)\./,
    );
    expect(messageOf(() => new Mine().forward(x), ShapeError)).toMatch(/^Conv1x1 at "1": /);
  });

  test("also for an op's error in a layer of the user's", () => {
    class Shift extends Module {
      readonly by = new Parameter(ones([7]));
      override forward(input: Tensor): Tensor {
        return add(input, this.by);
      }
    }
    expect(messageOf(() => unchecked(new ReLU(), new Shift()).forward(zeros([2, 3])), ShapeError)).toMatch(
      /^Shift at "1": add: cannot broadcast \[2, 3\] with \[7\].* The layer's input was float32 \[2, 3\]\. Its input comes from "0" \(ReLU\)\.$/,
    );
  });

  test.each([
    ["Conv2d", () => new Conv2d(1, 2, 31, { rng })],
    ["MaxPool2d", () => new MaxPool2d(31)],
    ["AvgPool2d", () => new AvgPool2d(31)],
  ])("of a kernel that the picture is too small for: %s", (name, make) => {
    expect(messageOf(() => unchecked(new ReLU(), make()).forward(x), ShapeError)).toMatch(
      new RegExp(
        `^${name} at "1": .*a kernel of \\[31, 31\\].*does not fit .*30.* Its input comes from "0" \\(ReLU\\)\\.$`,
      ),
    );
  });

  test("of an index that an Embedding does not have", () => {
    expect(() => new Embedding(5, 3, { rng }).forward(zeros([1], int32))).not.toThrow();
    const model = unchecked(new Embedding(5, 3, { rng }));
    expect(messageOf(() => model.forward(add(zeros([1], int32), 5)), ShapeError)).toMatch(
      /^Embedding at "0": .*index 5 .*0 to 4/,
    );
  });

  test("errors that are none of ours pass through, and the next call is told right", () => {
    class Broken extends Module {
      override forward(): Tensor {
        throw new RangeError("mine");
      }
    }
    const model = unchecked(new ReLU(), new Broken());
    expect(() => model.forward(x)).toThrow(new RangeError("mine"));
    expect(messageOf(() => wrong().forward(x), ShapeError)).toMatch(/^Conv1x1: /);
  });
});

describe("constructors refuse what cannot work", () => {
  const noRng = {} as { rng: Rng };
  test.each<[string, () => unknown, RegExp]>([
    ["features", () => new Linear(0, 2, { rng }), /Linear: inFeatures must be a whole number ≥ 1, but is 0/],
    ["features", () => new Linear(2, 1.5, { rng }), /Linear: outFeatures .* is 1.5/],
    ["channels", () => new Conv2d(-1, 2, 3, { rng }), /Conv2d: inChannels must be a whole number ≥ 1, but is -1/],
    ["channels", () => new Conv1x1(1, Number.NaN, { rng }), /Conv1x1: outChannels/],
    ["kernel", () => new Conv2d(1, 2, 0, { rng }), /Conv2d: kernelSize must be a whole number ≥ 1.* is 0/],
    ["kernel", () => new Conv2d(1, 2, [3, 0], { rng }), /Conv2d: kernelSize/],
    ["stride", () => new Conv2d(1, 2, 3, { stride: 0, rng }), /Conv2d: stride must be a whole number ≥ 1/],
    ["padding", () => new Conv2d(1, 2, 3, { padding: -1, rng }), /Conv2d: padding must be a whole number ≥ 0/],
    ["padding", () => new Conv2d(1, 2, 3, { padding: "same", stride: 2, rng }), /Conv2d: padding "same"/],
    ["dilation", () => new Conv2d(1, 2, 3, { dilation: 0, rng }), /Conv2d: dilation/],
    ["groups", () => new Conv2d(4, 6, 3, { groups: 4, rng }), /Conv2d: groups .*4 groups.* 4 input and 6 output/],
    ["groups", () => new Conv1x1(4, 6, { groups: 3, rng }), /Conv1x1: groups .*3 groups/],
    ["pool", () => new MaxPool2d(0), /MaxPool2d: kernelSize/],
    ["pool", () => new MaxPool2d(2, { padding: 2 }), /MaxPool2d: a padding of \[2, 2\] is more than half/],
    ["pool", () => new AvgPool2d(2, { stride: 0 }), /AvgPool2d: stride/],
    ["batch norm", () => new BatchNorm2d(0), /BatchNorm2d: numFeatures/],
    ["batch norm", () => new BatchNorm2d(2, { momentum: 2 }), /BatchNorm2d: momentum .* is 2/],
    ["layer norm", () => new LayerNorm([2, 0]), /LayerNorm: each size .* is 0/],
    ["layer norm", () => new LayerNorm([]), /LayerNorm: .*at least one/],
    ["group norm", () => new GroupNorm(3, 4), /GroupNorm: 3 groups do not share out 4 channels/],
    ["embedding", () => new Embedding(0, 4, { rng }), /Embedding: numEmbeddings/],
    ["dropout", () => new Dropout(1.5, { rng }), /Dropout: p .*between 0 and 1, but is 1.5/],
    ["dropout", () => new Dropout(Number.NaN, { rng }), /Dropout: p .*NaN/],
    [
      "no rng",
      () => new Linear(2, 3, noRng),
      /Linear: needs a source of random numbers: new Linear\(2, 3, \{ rng \}\)/,
    ],
    ["no rng", () => new Conv2d(2, 3, 5, noRng), /new Conv2d\(2, 3, 5, \{ rng \}\)/],
    ["no options", () => Reflect.construct(Conv1x1, [2, 3]), /new Conv1x1\(2, 3, \{ rng \}\)/],
    ["no options", () => Reflect.construct(Embedding, [2, 3]), /new Embedding\(2, 3, \{ rng \}\)/],
    ["no options", () => Reflect.construct(Dropout, [0.5]), /new Dropout\(0.5, \{ rng \}\)/],
  ])("%s: %s", (_, run, message) => {
    expect(messageOf(run, UsageError)).toMatch(message);
  });

  test("a parameter of integers", () => {
    expect(() => new Parameter(zeros([2], int32))).toThrow(DTypeError);
  });
});
