import { fileURLToPath } from "node:url";
import { Rng, type Tensor } from "@pointwise/tensor";
import ts from "typescript";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  BatchNorm2d,
  type ChainRule,
  Conv1x1,
  Conv2d,
  Embedding,
  type Features,
  Flatten,
  GlobalAvgPool2d,
  GroupNorm,
  LayerNorm,
  Linear,
  MaxPool2d,
  Module,
  ReLU,
  Residual,
  Sequential,
} from "../src/index.ts";

const rng = new Rng(0);

describe("Sequential's check of the chain", () => {
  test("accepts chains that fit", () => {
    const model = new Sequential(
      new Conv2d(1, 16, 3, { rng }),
      new BatchNorm2d(16),
      new GroupNorm(4, 16),
      new ReLU(),
      new MaxPool2d(2),
      new Residual(new Sequential(new Conv1x1(16, 4, { rng }), new ReLU(), new Conv1x1(4, 16, { rng }))),
      new Residual(new Conv1x1(16, 8, { rng }), new Conv1x1(16, 8, { rng })),
      new Conv1x1(8, 10, { rng }),
      new GlobalAvgPool2d(),
      new LayerNorm(10),
      new Linear(10, 4, { rng }),
    );
    expectTypeOf(model.layers[0]).toEqualTypeOf<Conv2d<1, 16>>();
    expectTypeOf(model).toExtend<Sequential>();
    expectTypeOf(model).toExtend<Module>();
    expectTypeOf(model.layers[10]).toExtend<Linear>();
    new Sequential(new Embedding(100, 8, { rng }), new LayerNorm(8), new Linear(8, 2, { rng }));
    new Sequential();
  });

  test("does not know how many features a Flatten makes", () => {
    new Sequential(new Conv2d(1, 2, 3, { rng }), new Flatten(), new Linear(1352, 10, { rng }));
  });

  test("refuses wrong chains", () => {
    const conv = new Conv2d(1, 16, 3, { rng });
    // @ts-expect-error 16 channels, not 17
    new Sequential(conv, new Conv1x1(17, 10, { rng }));
    // @ts-expect-error through layers that change nothing
    new Sequential(conv, new ReLU(), new MaxPool2d(2), new Conv2d(17, 10, 3, { rng }));
    // @ts-expect-error 16 channels, not 8
    new Sequential(conv, new BatchNorm2d(8));
    // @ts-expect-error 16 channels, not 8
    new Sequential(conv, new GroupNorm(2, 8));
    // @ts-expect-error a map is no vector
    new Sequential(conv, new Linear(16, 10, { rng }));
    // @ts-expect-error 16 features, not 15
    new Sequential(conv, new GlobalAvgPool2d(), new Linear(15, 10, { rng }));
    // @ts-expect-error 8 features, not 9
    new Sequential(new Linear(4, 8, { rng }), new LayerNorm(9));
    // @ts-expect-error a vector is no map
    new Sequential(new Linear(4, 16, { rng }), conv);
    // @ts-expect-error a vector is no map, whatever its size
    new Sequential(conv, new Flatten(), new MaxPool2d(2));
    // @ts-expect-error in the middle
    new Sequential(conv, new Conv1x1(16, 8, { rng }), new Conv1x1(9, 8, { rng }), new ReLU());
  });

  test("goes into and out of nested ones", () => {
    const nested = new Sequential(new ReLU(), new Conv1x1(16, 8, { rng }), new ReLU());
    new Sequential(new Conv2d(1, 16, 3, { rng }), nested, new Conv1x1(8, 4, { rng }));
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Sequential(new ReLU()), new Conv1x1(16, 4, { rng }));
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Sequential(new GlobalAvgPool2d()), new Linear(16, 4, { rng }));
    // @ts-expect-error into: 16, not 15
    new Sequential(new Conv2d(1, 15, 3, { rng }), nested);
    // @ts-expect-error out of: 8, not 9
    new Sequential(nested, new Conv1x1(9, 4, { rng }));
    // @ts-expect-error through: 16, not 15
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Sequential(new ReLU()), new Conv1x1(15, 4, { rng }));
    // @ts-expect-error through, pooled: 16, not 15
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Sequential(new GlobalAvgPool2d()), new Linear(15, 4, { rng }));
  });

  test("checks Residuals", () => {
    // @ts-expect-error 8 channels do not add to 16
    new Residual(new Sequential(new Conv1x1(16, 4, { rng }), new Conv1x1(4, 8, { rng })));
    const residual = new Residual(new Conv1x1(16, 8, { rng }), new Conv1x1(16, 8, { rng }));
    // @ts-expect-error 16 channels, not 15
    new Sequential(new Conv2d(1, 15, 3, { rng }), residual);
    // @ts-expect-error 8 channels, not 9
    new Sequential(residual, new Conv1x1(9, 4, { rng }));
  });

  test("leaves sizes alone that are not literal, and layers without a rule", () => {
    class Mine extends Module {
      override forward(x: Tensor): Tensor {
        return x;
      }
    }
    const width: number = 16;
    new Sequential(new Conv2d(1, width, 3, { rng }), new Conv1x1(17, 10, { rng }));
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Conv1x1(width, 10, { rng }));
    new Sequential(new Conv2d(1, 16, 3, { rng }), new Mine(), new Conv1x1(17, 10, { rng }));
    new Residual(new Mine());
    const layers: Module[] = [new Conv2d(1, 16, 3, { rng }), new Conv1x1(17, 10, { rng })];
    expectTypeOf(new Sequential(...layers)).toExtend<Sequential>();
    // @ts-expect-error the kind is known without the size
    new Sequential(new Conv2d(1, width, 3, { rng }), new Linear(16, 10, { rng }));
  });

  test("takes rules of the user's layers", () => {
    class Halve<F extends number> extends Module {
      declare readonly chain?: ChainRule<"Halve", Features<F>, Features>;
      readonly features: F;
      constructor(features: F) {
        super();
        this.features = features;
      }
      override forward(x: Tensor): Tensor {
        return x;
      }
    }
    new Sequential(new Linear(3, 8, { rng }), new Halve(8), new Linear(4, 2, { rng }));
    // @ts-expect-error 8 features, not 6
    new Sequential(new Linear(3, 8, { rng }), new Halve(6));
  });
});

test("sizes are literal in the types, and fit the general ones", () => {
  expectTypeOf(new Linear(784, 10, { rng })).toEqualTypeOf<Linear<784, 10>>();
  expectTypeOf(Conv1x1.from(new Linear(784, 10, { rng }))).toEqualTypeOf<Conv1x1<784, 10>>();
  expectTypeOf(new Conv1x1(3, 4, { rng }).toLinear()).toEqualTypeOf<Linear<3, 4>>();
  expectTypeOf(new Linear(784, 10, { rng })).toExtend<Linear>();
  expectTypeOf(new Conv1x1(3, 4, { rng })).toExtend<Conv2d>();
  expectTypeOf(new BatchNorm2d(3)).toExtend<BatchNorm2d>();
  expectTypeOf(new Residual(new ReLU())).toExtend<Residual>();
});

test("randomness is asked for", () => {
  // @ts-expect-error rng is missing
  expect(() => new Linear(3, 4, {})).toThrow();
  // @ts-expect-error options are missing
  expect(() => new Conv1x1(3, 4)).toThrow();
});

describe("the compiler says it in a sentence", () => {
  const source = (layers: string) => `
    import { Rng } from "@pointwise/tensor";
    import { Conv1x1, Conv2d, Flatten, GlobalAvgPool2d, Linear, MaxPool2d, ReLU, Residual, Sequential } from "../src/index.ts";
    const rng = new Rng(0);
    export const model = ${layers};`;
  const many = "new Conv1x1(16, 16, { rng }), new ReLU(), ".repeat(60);

  const cases: readonly [layers: string, sentence: string][] = [
    [
      "new Sequential(new Conv2d(1, 16, 3, { rng }), new ReLU(), new Conv1x1(17, 10, { rng }))",
      "Conv1x1 expects 17 channels, but the layer before it gives 16",
    ],
    [
      `new Sequential(${many} new Conv2d(17, 10, 3, { rng }))`,
      "Conv2d expects 17 channels, but the layer before it gives 16",
    ],
    [
      "new Sequential(new Linear(4, 8, { rng }), new Sequential(new ReLU(), new Linear(9, 2, { rng })))",
      "Linear expects 9 features, but the layer before it gives 8",
    ],
    [
      "new Sequential(new Conv2d(1, 16, 3, { rng }), new Linear(16, 10, { rng }))",
      "Linear expects 16 features, but the layer before it gives maps of 16 channels: put Flatten or GlobalAvgPool2d between them",
    ],
    [
      "new Sequential(new Linear(1, 16, { rng }), new Conv1x1(16, 10, { rng }))",
      "Conv1x1 expects maps of 16 channels, but the layer before it gives 16 features",
    ],
    [
      "new Sequential(new Flatten(), new MaxPool2d(2))",
      "MaxPool2d expects maps [N, C, H, W], but the layer before it gives features [N, F]",
    ],
    [
      "new Residual(new Sequential(new Conv1x1(16, 4, { rng }), new Conv1x1(4, 8, { rng })))",
      "Residual adds maps of 16 channels to maps of 8 channels: give the block equal ends, or a shortcut",
    ],
  ];

  const files = new Map(
    cases.map(([layers], i) => [fileURLToPath(new URL(`snippet${i}.ts`, import.meta.url)), source(layers)]),
  );
  const errors = compile(files);

  test.each(cases.map(([, sentence], i) => [sentence, i] as const))("%s", (sentence, i) => {
    const found = errors.get([...files.keys()][i]!)!;
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`is not assignable to parameter of type '"${sentence}"'`);
  });
});

/** The compiler's messages on each of the given files, with the options that this package is compiled with. */
function compile(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const config = fileURLToPath(new URL("../tsconfig.json", import.meta.url));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    fileURLToPath(new URL("..", import.meta.url)),
  );
  const host = ts.createCompilerHost({ ...options, types: [] });
  const { getSourceFile } = host;
  host.getSourceFile = (name, target, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...files.keys()], { ...options, types: [] }, host);
  return new Map(
    [...files.keys()].map((name) => [
      name,
      program
        .getSemanticDiagnostics(program.getSourceFile(name))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
    ]),
  );
}
