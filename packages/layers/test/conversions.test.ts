import { noGrad, valueAndGrad } from "@pointwise/autograd";
import {
  abs,
  amax,
  assign,
  mul,
  permute,
  Rng,
  reshape,
  type Shape,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BatchNorm2d,
  Conv1x1,
  Conv2d,
  Dropout,
  Flatten,
  GlobalAvgPool2d,
  LayerNorm,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Sequential,
  Softmax,
  toFullyConvolutional,
} from "../src/index.ts";
import { toFloat64 } from "./fixtures.ts";

const rng = new Rng(3);

const largest = (a: Tensor, b: Tensor): number => amax(abs(sub(a, b))).item();

/** [N, C, H, W] as the N·H·W vectors of its pixels. */
const pixels = (x: Tensor): Tensor => reshape(permute(x, [0, 2, 3, 1]), [x.size / x.shape[1]!, x.shape[1]!]);

describe("Linear and Conv1x1 with the same weights", () => {
  const pair = () => {
    const linear = new Linear(16, 10, { rng });
    return { linear, conv: Conv1x1.from(linear) };
  };

  test("one is made of the other and back, with parameters of its own", () => {
    const { linear, conv } = pair();
    const back = conv.toLinear();
    expect(conv.weight.shape).toEqual([10, 16, 1, 1]);
    expect(back.weight.toArray()).toEqual(linear.weight.toArray());
    expect(back.bias!.toArray()).toEqual(linear.bias!.toArray());
    assign(linear.weight, zeros([10, 16]));
    expect(amax(abs(conv.weight)).item()).toBeGreaterThan(0);
    expect(conv.toLinear().weight.toArray()).toEqual(back.weight.toArray());
    const bare = Conv1x1.from(new Linear(2, 3, { bias: false, rng }));
    expect([bare.bias, bare.toLinear().bias]).toEqual([undefined, undefined]);
    expect([...bare.namedParameters().keys()]).toEqual(["weight"]);
  });

  test("a frozen one gives a frozen one", () => {
    expect(Conv1x1.from(new Linear(2, 3, { rng }).freeze()).parameters()).toEqual([]);
  });

  test.each<[string, Shape]>([
    ["pictures of one pixel", [7, 16, 1, 1]],
    ["every pixel", [3, 16, 5, 6]],
  ])("agree in outputs and gradients on %s", (_, shape) => {
    const { linear, conv } = pair();
    const x = rng.normal(shape);
    const w = rng.normal([shape[0]!, 10, ...shape.slice(2)]);
    const flat = pixels(x);
    const [, dense] = valueAndGrad(() => sum(mul(linear.forward(flat), pixels(w))), [flat, ...linear.parameters()]);
    const [, pointwise] = valueAndGrad(() => sum(mul(conv.forward(x), w)), [x, ...conv.parameters()]);
    expect(largest(pixels(conv.forward(x)), linear.forward(flat))).toBeLessThanOrEqual(1e-6);
    expect(largest(pixels(pointwise.get(x)!), dense.get(flat)!)).toBeLessThanOrEqual(1e-6);
    // These are sums over all pixels, of up to 10 in size: float32 rounds them at 1e-6.
    expect(largest(reshape(pointwise.get(conv.weight)!, [10, 16]), dense.get(linear.weight)!)).toBeLessThanOrEqual(
      1e-5,
    );
    expect(largest(pointwise.get(conv.bias!)!, dense.get(linear.bias!)!)).toBeLessThanOrEqual(1e-5);
  });

  test("agree whatever their size", () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.tuple(size, size, size, size, size), ([n, inputs, outputs, height, width]) => {
        const linear = new Linear(inputs, outputs, { rng });
        const x = rng.normal([n, inputs, height, width]);
        expect(largest(pixels(Conv1x1.from(linear).forward(x)), linear.forward(pixels(x)))).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 50 },
    );
  });

  test("go the same way in ten steps of gradient descent", () => {
    const { linear, conv } = pair();
    const [x, target] = [rng.normal([4, 16, 3, 3]), rng.normal([4, 10, 3, 3])];
    const step = (model: Module, loss: () => Tensor): number => {
      const [value, grads] = valueAndGrad(loss, model.parameters());
      for (const [p, grad] of grads) noGrad(() => assign(p, sub(p, mul(grad, 0.002))));
      return value.item();
    };
    const losses = [];
    for (let i = 0; i < 10; i++) {
      losses.push(step(conv, () => sum(square(sub(conv.forward(x), target)))));
      const dense = step(linear, () => sum(square(sub(linear.forward(pixels(x)), pixels(target)))));
      expect(dense / losses[i]!).toBeCloseTo(1, 5);
    }
    expect(losses[9]!).toBeLessThan(losses[0]! / 1.5);
    expect(largest(reshape(conv.weight, [10, 16]), linear.weight)).toBeLessThanOrEqual(1e-6);
  });

  test("a stride or groups have no counterpart", () => {
    expect(() => new Conv1x1(4, 2, { stride: 2, rng }).toLinear()).toThrow(/Conv1x1\(4, 2, \{ stride: 2 \}\)/);
    expect(() => new Conv1x1(4, 2, { groups: 2, rng }).toLinear()).toThrow(/neither groups nor a stride/);
  });
});

describe("toFullyConvolutional", () => {
  const classifier = () =>
    new Sequential(
      new Sequential(new Conv2d(1, 4, 3, { rng }), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2)),
      new Flatten(),
      new Dropout(0.5, { rng }),
      new Linear(4 * 3 * 4, 8, { rng }),
      new ReLU(),
      new Linear(8, 5, { bias: false, rng }),
      new Softmax(-1),
    );
  const size = [1, 8, 10];

  test("gives the same on the original size, and an answer for each place of a larger picture", () => {
    const dense = toFloat64(classifier()).eval();
    const conv = toFullyConvolutional(dense, size);
    const x = rng.normal([2, ...size], { dtype: "float64" });
    expect(conv.forward(x).shape).toEqual([2, 5, 1, 1]);
    expect(largest(reshape(conv.forward(x), [2, 5]), dense.forward(x))).toBeLessThan(1e-12);

    const large = rng.normal([1, 1, 12, 14], { dtype: "float64" });
    const map = conv.forward(large);
    expect(map.shape).toEqual([1, 5, 3, 3]);
    const window = slice(large, null, null, [4, 12], [2, 12]); // steps are 2, for the pool: place [2, 1]
    const place = reshape(slice(map, null, null, [2, 3], [1, 2]), [1, 5]);
    expect(largest(dense.forward(window), place)).toBeLessThan(1e-12);
  });

  test("is made of a Conv2d as large as the map, and Conv1x1s", () => {
    const { layers } = toFullyConvolutional(classifier(), size);
    expect(layers.map(String)).toEqual([
      "Conv2d(1, 4, 3)",
      "BatchNorm2d(4)",
      "ReLU()",
      "MaxPool2d(2)",
      "Dropout(0.5)",
      "Conv2d(4, 8, [3, 4])",
      "ReLU()",
      "Conv1x1(8, 5, { bias: false })",
      "Softmax(1)",
    ]);
  });

  test("leaves the model as it was: mode, parameters, statistics", () => {
    const model = classifier();
    const before = model.stateDict();
    const conv = toFullyConvolutional(model, size);
    expect([model.training, conv.training]).toEqual([true, true]);
    expect(conv.layers.every((layer) => layer.training)).toBe(true);
    expect(toFullyConvolutional(classifier().eval(), size).training).toBe(false);
    for (const p of conv.parameters()) assign(p, mul(p, 0));
    conv.forward(rng.normal([4, ...size]));
    for (const [name, value] of model.stateDict()) expect(value.toArray(), name).toEqual(before.get(name)!.toArray());
  });

  const conv = () => new Conv2d(1, 4, 3, { rng });
  const linear = (features: number) => new Linear(features, 2, { rng });
  test.each<[string, Sequential, RegExp]>([
    ["no Flatten", new Sequential(conv(), new GlobalAvgPool2d()), /has no Flatten/],
    ["no Linear", new Sequential(conv(), new Flatten()), /there is no Linear after the Flatten/],
    [
      "no map",
      new Sequential(conv(), new GlobalAvgPool2d(), new Flatten(), linear(4)),
      /GlobalAvgPool2d at "1" gives \[1, 4\]/,
    ],
    [
      "a norm",
      new Sequential(conv(), new Flatten(), linear(192), new LayerNorm(2)),
      /LayerNorm at "3" has no counterpart/,
    ],
    [
      "fixed size",
      new Sequential(conv(), new LayerNorm([6, 8]), new Flatten(), linear(192)),
      /LayerNorm at "1" does not work on larger/,
    ],
    [
      "nested",
      new Sequential(new Sequential(conv(), new Flatten()), linear(192), new Sequential(new Softmax(0))),
      /Softmax at "2\.0"/,
    ],
    ["part of the map", new Sequential(conv(), new Flatten(2), linear(48)), /Flatten at "1" merges dimensions 2 to -1/],
    ["other size", new Sequential(conv(), new Flatten(), linear(100)), /"2" expects 100 features.*\[4, 6, 8\] of 192/],
  ])("refuses by name: %s", (_, model, message) => {
    expect(() => toFullyConvolutional(model, size)).toThrow(message);
  });

  test("refuses a shape that is none of a picture", () => {
    expect(() => toFullyConvolutional(classifier(), [10])).toThrow(/\[C, H, W\], but is \[10\]/);
    expect(() => toFullyConvolutional(classifier(), [3, 8, 10])).toThrow(/expects 1 channel,/);
  });
});
