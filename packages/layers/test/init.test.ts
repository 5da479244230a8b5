import { abs, amax, matmul, mean, Rng, reshape, type Shape, std, type Tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { Conv2d, Embedding, init, Linear } from "../src/index.ts";

const rng = new Rng(5);
const largest = (x: Tensor): number => amax(abs(x)).item();

/** A uniform distribution's standard deviation is its bound / √3; of 10,000 values the sample's is within 3% of it. */
function expectUniform(x: Tensor, bound: number): void {
  expect(largest(x)).toBeLessThanOrEqual(bound * (1 + 1e-6));
  expect(std(x).item() / (bound / Math.sqrt(3))).toBeCloseTo(1, 1.3);
  expect(Math.abs(mean(x).item())).toBeLessThan(bound / 20);
}

function expectNormal(x: Tensor, deviation: number): void {
  expect(std(x).item() / deviation).toBeCloseTo(1, 1.3);
  expect(largest(x)).toBeGreaterThan(deviation * 2.5);
  expect(Math.abs(mean(x).item())).toBeLessThan(deviation / 20);
}

const dense: Shape = [100, 150];
const kernels: Shape = [50, 20, 3, 5];

test("fans are PyTorch's", () => {
  expect(init.fansOf(dense)).toEqual({ fanIn: 150, fanOut: 100 });
  expect(init.fansOf(kernels)).toEqual({ fanIn: 300, fanOut: 750 });
  expect(() => init.fansOf([3])).toThrow(/at least two dimensions.*\[3\]/);
});

test("gains are PyTorch's", () => {
  const names = ["linear", "sigmoid", "tanh", "relu", "leakyRelu", "selu"] as const;
  // torch.nn.init.calculate_gain of each
  expect(names.map((name) => init.calculateGain(name))).toEqual([1, 1, 5 / 3, Math.SQRT2, Math.sqrt(2 / 1.0001), 0.75]);
  expect(init.calculateGain("leakyRelu", 1)).toBe(1);
});

describe("distributions", () => {
  test("kaimingUniform", () => {
    expectUniform(init.kaimingUniform(dense, { rng }), Math.sqrt(6 / 150));
    expectUniform(init.kaimingUniform(kernels, { rng, mode: "fanOut", gain: 1 }), Math.sqrt(3 / 750));
  });

  test("kaimingNormal", () => {
    expectNormal(init.kaimingNormal(dense, { rng }), Math.sqrt(2 / 150));
    expectNormal(init.kaimingNormal(kernels, { rng, mode: "fanOut", gain: 2 }), 2 / Math.sqrt(750));
  });

  test("xavierUniform and xavierNormal", () => {
    expectUniform(init.xavierUniform(dense, { rng }), Math.sqrt(6 / 250));
    expectNormal(init.xavierNormal(kernels, { rng, gain: 3 }), 3 * Math.sqrt(2 / 1050));
  });

  test("constant", () => {
    expect(init.constant([2, 2], 0.5).toArray()).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});

test.each<[Shape, number]>([
  [[8, 8], 1],
  [[5, 12], 1],
  [[12, 5], 2],
  [[6, 2, 3, 3], 1],
])("orthogonal %j times %d", (shape, gain) => {
  const x = init.orthogonal(shape, { rng, gain });
  expect(x.shape).toEqual(shape);
  const matrix = reshape(x, [shape[0]!, -1]);
  const [rows, columns] = matrix.shape as readonly [number, number];
  const product =
    rows <= columns ? matmul(matrix, matrix, { transposeB: true }) : matmul(matrix, matrix, { transposeA: true });
  product.data.forEach((value, i) => {
    const diagonal = Math.floor(i / product.shape[1]!) === i % product.shape[1]!;
    expect(Math.abs(value - (diagonal ? gain ** 2 : 0))).toBeLessThan(1e-6);
  });
});

test("orthogonal needs a matrix", () => {
  expect(() => init.orthogonal([3], { rng })).toThrow(/at least two dimensions/);
});

test("layers start as PyTorch's: uniform by fan-in, embeddings normal", () => {
  const linear = new Linear(400, 200, { rng });
  expectUniform(linear.weight, 1 / 20);
  expect(largest(linear.bias!)).toBeLessThanOrEqual(1 / 20);
  const conv = new Conv2d(50, 100, [5, 5], { groups: 2, rng });
  expectUniform(conv.weight, 1 / 25);
  expect(largest(conv.bias!)).toBeGreaterThan(1 / 50);
  expectNormal(new Embedding(100, 100, { rng }).weight, 1);
});

test("the same seed gives the same layer", () => {
  const make = () => new Linear(3, 4, { rng: new Rng(9) }).weight.toArray();
  expect(make()).toEqual(make());
});
