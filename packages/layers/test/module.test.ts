import { valueAndGrad } from "@pointwise/autograd";
import {
  DTypeError,
  full,
  ones,
  Rng,
  ShapeError,
  sum,
  type Tensor,
  tensor,
  UsageError,
  zeros,
} from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { BatchNorm2d, Conv2d, Dropout, Linear, MaxPool2d, Module, Parameter, ReLU, Sequential } from "../src/index.ts";

const rng = new Rng(0);

class Shared extends Module {
  readonly weight = new Parameter(ones([2, 2]));
  readonly tied = this.weight;
  readonly scales = [new Parameter(ones([2])), [new Parameter(zeros([2]))]];
  readonly offset = zeros([2]);
  readonly parts = [new Linear(2, 2, { bias: false, rng }), new ReLU()];
  readonly inner = new Sequential(new Linear(2, 3, { rng }), this.parts[0]!);
  readonly size = 3;
  override forward(x: Tensor): Tensor {
    return x;
  }
}

describe("what a module finds in its fields", () => {
  const names = [
    "weight",
    "tied",
    "scales.0",
    "scales.1.0",
    "offset",
    "parts.0.weight",
    "inner.0.weight",
    "inner.0.bias",
    "inner.1.weight",
  ];

  test("parameters, once each, by their first name", () => {
    const model = new Shared();
    const shared = ["tied", "inner.1.weight"];
    expect([...model.namedParameters().keys()]).toEqual(names.filter((n) => !shared.includes(n) && n !== "offset"));
    expect(model.parameters()).toEqual([...model.namedParameters().values()]);
    expect([...model.namedBuffers()]).toEqual([["offset", model.offset]]);
  });

  test("everything by all its names in the state dict, as PyTorch does", () => {
    expect([...new Shared().stateDict().keys()]).toEqual(names);
  });

  test("modules", () => {
    const model = new Shared();
    expect([...model.namedModules().keys()]).toEqual(["", "parts.0", "parts.1", "inner", "inner.0"]);
  });

  test("nothing twice where a module contains itself", () => {
    const child = new Sequential(new Linear(1, 1, { rng }));
    class Loop extends Module {
      readonly child = child;
      readonly self = this;
      override forward(x: Tensor): Tensor {
        return this.child.forward(x);
      }
    }
    const loop = new Loop();
    Reflect.set(child, "parent", loop);
    expect([...loop.stateDict().keys()]).toEqual(["child.0.weight", "child.0.bias"]);
  });

  test("String() is the tree", () => {
    expect(
      String(
        new Sequential(new Conv2d(1, 2, [3, 5], { padding: [1, 2], bias: false, rng }), new Sequential(new ReLU())),
      ),
    ).toBe(
      "Sequential(\n  (0): Conv2d(1, 2, [3, 5], { padding: [1, 2], bias: false })\n  (1): Sequential(\n    (0): ReLU()\n  )\n)",
    );
  });
});

test("train and eval reach all modules", () => {
  const model = new Shared();
  const modes = () => [...model.namedModules().values()].map(({ training }) => training);
  expect(modes()).toEqual([true, true, true, true, true]);
  expect(model.eval()).toBe(model);
  expect(modes()).toEqual([false, false, false, false, false]);
  expect(model.train().training).toBe(true);
});

test("frozen parameters are not trained", () => {
  const model = new Sequential(new Linear(2, 3, { rng }), new Linear(3, 1, { rng }));
  model.layers[0].freeze();
  expect(model.parameters()).toEqual([model.layers[1].weight, model.layers[1].bias]);
  expect(model.namedParameters().size).toBe(4);
  const [, grads] = valueAndGrad(() => sum(model.forward(ones([1, 2]))), model.parameters());
  expect(grads.size).toBe(2);
  expect(model.unfreeze().parameters()).toHaveLength(4);
});

describe("state dicts", () => {
  const make = () => new Sequential(new Conv2d(1, 2, 3, { rng }), new BatchNorm2d(2));

  test("are snapshots, and bring back what they hold", () => {
    const [a, b] = [make(), make()];
    a.forward(rng.normal([2, 1, 5, 5]));
    const saved = a.stateDict();
    a.forward(rng.normal([2, 1, 5, 5]));
    expect(saved.get("1.num_batches_tracked")!.item()).toBe(1);
    expect(saved.get("1.num_batches_tracked")!.dtype).toBe("int32");
    b.loadStateDict(saved);
    for (const [name, value] of b.stateDict()) expect(value.toArray(), name).toEqual(saved.get(name)!.toArray());
    b.loadStateDict(Object.fromEntries(saved));
    const x = rng.normal([2, 1, 5, 5]);
    a.loadStateDict(saved);
    expect(b.eval().forward(x).toArray()).toEqual(a.eval().forward(x).toArray());
  });

  test("keep the parameters' identity and dtype", () => {
    const linear = new Linear(1, 1, { rng });
    const { weight } = linear;
    linear.loadStateDict({ weight: tensor([[0.1]], { dtype: "float64" }), bias: tensor(Int32Array.of(3)) });
    expect(linear.weight).toBe(weight);
    expect([weight.dtype, weight.item(), linear.bias!.item()]).toEqual(["float32", Math.fround(0.1), 3]);
  });

  test("refuse what does not fit, naming all of it, and change nothing", () => {
    const model = make();
    const before = model.stateDict();
    const { "0.bias": _, ...rest } = Object.fromEntries(before);
    const load = (extra: Record<string, Tensor>, strict = true) =>
      model.loadStateDict({ ...rest, ...extra }, { strict });
    const unfit = { "fc.weight": ones([1]), "0.weight": zeros([2, 1, 5, 5]) };
    expect(() => load(unfit)).toThrow(UsageError);
    expect(() => load(unfit)).toThrow(
      "Sequential.loadStateDict: the saved state does not fit the model, which is left as it was.\n" +
        "  missing in the saved state: 0.bias\n" +
        "  unknown to the model: fc.weight\n" +
        "  of another shape: 0.weight ([2, 1, 5, 5], the model's is [2, 1, 3, 3])\n" +
        "Was it saved from another model? { strict: false } leaves missing and unknown names alone.",
    );
    expect(() => load({ ...unfit, "0.bias": zeros([2]) }, false)).toThrow(ShapeError);
    for (const [name, value] of model.stateDict()) expect(value.toArray(), name).toEqual(before.get(name)!.toArray());
  });

  test("may be partial if one says so", () => {
    const linear = new Linear(1, 1, { rng });
    const bias = linear.bias!.item();
    linear.loadStateDict({ weight: full([1, 1], 7), other: ones([3]) }, { strict: false });
    expect([linear.weight.item(), linear.bias!.item()]).toEqual([7, bias]);
  });

  test("list no more names than one can read", () => {
    const model = new Sequential(...Array.from({ length: 20 }, () => new Linear(1, 1, { bias: false, rng })));
    expect(() => model.loadStateDict({})).toThrow(/: 0\.weight, .*, 11\.weight and 8 more\n/);
  });
});

test("an option that is undefined has its default", () => {
  const options = {
    stride: undefined,
    padding: undefined,
    dilation: undefined,
    groups: undefined,
    bias: undefined,
    rng,
  };
  const conv: Module = Reflect.construct(Conv2d, [1, 2, 3, options]);
  expect(String(conv)).toBe("Conv2d(1, 2, 3)");
  expect([...conv.stateDict().keys()]).toEqual(["weight", "bias"]);
  expect(String(Reflect.construct(BatchNorm2d, [2, { eps: undefined, affine: undefined }]))).toBe("BatchNorm2d(2)");
  expect(String(new MaxPool2d(2, { stride: undefined }))).toBe("MaxPool2d(2)");
});

describe("Parameter", () => {
  test("takes over the values' memory and is a leaf", () => {
    const values = ones([2]);
    const p = new Parameter(values);
    expect([p.storage, p.requiresGrad, p.origin]).toEqual([values.storage, true, undefined]);
  });

  test("is of floats", () => {
    expect(() => new Parameter(tensor([true]))).toThrow(DTypeError);
  });
});

describe("Dropout", () => {
  test("drops with probability p and keeps the expectation, in value and in gradient", () => {
    const x = ones([100, 100]);
    const dropout = new Dropout(0.25, { rng: new Rng(1) });
    const [, grads] = valueAndGrad(() => {
      const y = dropout.forward(x);
      expect(new Set(y.data)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
      expect(Math.abs(y.data.filter((v) => v === 0).length / x.size - 0.25)).toBeLessThan(0.02); // 4.6 standard deviations
      return sum(y);
    }, [x]);
    expect(new Set(grads.get(x)!.data)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  });

  test("draws anew at each call, the same for the same seed, and nothing in evaluation", () => {
    const x = ones([50]);
    const run = (dropout: Dropout) => [dropout.forward(x).toArray(), dropout.forward(x).toArray()];
    const [first, second] = run(new Dropout(0.5, { rng: new Rng(2) }));
    expect(first).not.toEqual(second);
    expect(run(new Dropout(0.5, { rng: new Rng(2) }))).toEqual([first, second]);
    expect(new Dropout(0.5, { rng }).eval().forward(x)).toBe(x);
  });
});
