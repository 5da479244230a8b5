import { Rng, sizeOf, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { createModel, modelNames } from "../src/models/index.ts";

const make = (name: (typeof modelNames)[number], inputShape: number[], classes = 10) =>
  createModel(name, { inputShape, classes, rng: new Rng(0) });

describe.each(modelNames)("%s", (name) => {
  test.each([[[1, 28, 28]], [[3, 32, 32]], [[1, 5, 7]]])("gives a score a class for pictures %j", (inputShape) => {
    const model = make(name, inputShape, 7);
    expect(model.forward(zeros([2, ...inputShape])).shape).toEqual([2, 7]);
  });

  test("has the same weights for the same seed", () => {
    const [a, b] = [make(name, [1, 8, 8]).stateDict(), make(name, [1, 8, 8]).stateDict()];
    for (const [key, x] of a) expect(b.get(key)!.data).toEqual(x.data);
  });
});

test("the numbers of parameters are what the layers' formulas say", () => {
  const count = (name: (typeof modelNames)[number], shape: number[], classes: number) =>
    make(name, shape, classes)
      .parameters()
      .reduce((n, p) => n + sizeOf(p.shape), 0);
  expect(count("mlp", [1, 28, 28], 10)).toBe(784 * 128 + 128 + 128 * 10 + 10);
  expect(count("mlp", [2], 3)).toBe(2 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3);
  expect(count("lenet", [1, 28, 28], 10)).toBe(5 * 5 * 16 + 16 + 3 * 3 * 16 * 32 + 32 + 7 * 7 * 32 * 10 + 10);
  expect(count("conv1x1", [1, 28, 28], 10)).toBe(3 * 3 * 32 + 32 + 32 * 64 + 64 + 64 * 10 + 10);
});

test.each(modelNames.filter((name) => name !== "mlp"))("%s explains that it cannot read a list of features", (name) => {
  expect(() => make(name, [2], 3)).toThrow(
    `${name} reads pictures [channels, height, width], but a sample has the shape [2] here.`,
  );
});

test("lenet explains that pictures are too small for it", () => {
  expect(() => make("lenet", [1, 3, 28])).toThrow("at least 4×4 pixels, but they have 3×28");
});
