import { Conv2d, Flatten, Linear, Module, ReLU, Residual, Sequential } from "@pointwise/layers";
import { assign, exp, full, mul, ones, Rng, sqrt, sub, type Tensor, tensor, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { findCause } from "../../src/training/diagnosis/find-cause.ts";

const rng = new Rng(1);

class Exp extends Module {
  override forward(x: Tensor): Tensor {
    return exp(mul(x, 1000));
  }
}

/** Whose slope is infinite where x is 0. */
class Root extends Module {
  override forward(x: Tensor): Tensor {
    return sqrt(sub(x, x));
  }
}

const x = ones([2, 3]);
const y = tensor(Int32Array.of(0, 1));

test("finds nothing where all is finite", () => {
  const model = new Sequential(new Linear(3, 4, { rng }), new ReLU(), new Linear(4, 2, { rng }));
  expect(findCause(model, x, y)).toBeUndefined();
});

describe("in the forward pass", () => {
  test("names the layer and the op, and says what the op was given", () => {
    const first = new Linear(3, 4, { rng });
    assign(first.bias!, full([4], 2));
    assign(first.weight, full([4, 3], 0));
    const model = new Sequential(first, new Exp(), new Linear(4, 2, { rng }));
    expect(findCause(model, x, y)).toBe(
      "In the forward pass, layer 1, Exp(), was the first to give a number that is none: its exp made Infinity of numbers up to 2000.",
    );
  });

  test("a layer inside others has its path", () => {
    const conv = new Conv2d(1, 1, 3, { padding: 1, rng });
    const model = new Sequential(
      new Residual(new Sequential(conv, new ReLU())),
      new Flatten(),
      new Linear(16, 2, { rng }),
    );
    assign(conv.weight, full([1, 1, 3, 3], 3e38));
    expect(findCause(model, full([2, 1, 4, 4], 2), y)).toMatch(
      /^In the forward pass, layer 0\.block\.0, Conv2d\(1, 1, 3, \{ padding: 1 \}\), was the first .* its conv2d made Infinity of numbers up to 3\.00e38\.$/,
    );
  });

  test("what a container itself makes is its own", () => {
    const model = new Sequential(new Linear(3, 3, { rng }), new Residual(new ReLU()), new Linear(3, 2, { rng }));
    const [linear] = model.layers;
    assign(linear.weight, full([3, 3], 0));
    assign(linear.bias!, full([3], 3e38));
    expect(findCause(model, x, y)).toContain(
      "layer 1, Residual(), was the first to give a number that is none: its add made Infinity",
    );
  });

  test("names the loss", () => {
    const model = new Sequential(new Linear(3, 2, { rng }));
    assign(model.layers[0].weight, zeros([2, 3]));
    assign(model.layers[0].bias!, tensor([-3e38, 3e38]));
    expect(findCause(model, x, y)).toContain("In the forward pass, the loss, crossEntropy, was the first");
  });
});

test("in the backward pass, the last layer comes first", () => {
  const model = new Sequential(new Linear(3, 4, { rng }), new Root(), new Linear(4, 2, { rng }));
  expect(findCause(model, x, y)).toMatch(
    /^In the backward pass, layer 1, Root\(\), was the first to give a number that is none: its \w+ made (-?Infinity|NaN) of numbers up to/,
  );
});

test("weights that are spoilt already are named, and so are inputs", () => {
  const model = new Sequential(new Linear(3, 4, { rng }), new ReLU(), new Linear(4, 2, { rng }));
  assign(model.layers[2].bias!, tensor([0, Number.NEGATIVE_INFINITY]));
  expect(findCause(model, x, y)).toBe(
    "The weights were spoilt before: 2.bias holds -Infinity, and the step before put it there.",
  );
  assign(model.layers[2].bias!, zeros([2]));
  expect(findCause(model, full([2, 3], Number.NaN), y)).toBe("The batch itself holds NaN.");
});

test("the model is left as it was", () => {
  const model = new Sequential(new Linear(3, 4, { rng }), new Exp());
  findCause(model, x, y);
  for (const module of model.namedModules().values()) expect(Object.hasOwn(module, "forward")).toBe(false);
});
