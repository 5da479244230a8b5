import { DTypeError, mul, ShapeError, Tensor, tensor, UsageError, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { Adam, AdamW, RMSprop, SGD } from "../src/index.ts";

const param = () => zeros([2, 3]);

describe("options that cannot work", () => {
  const refusals: [make: () => unknown, message: string][] = [
    [() => new SGD([param()], { lr: -1 }), "SGD: lr must be a finite number ≥ 0, but got -1"],
    [() => new SGD([param()], { lr: NaN }), "but got NaN"],
    [() => new SGD([param()], { momentum: -0.1 }), "momentum"],
    [() => new SGD([param()], { dampening: Infinity }), "dampening"],
    [
      () => new SGD([param()], { nesterov: true }),
      "nesterov needs momentum > 0 and dampening = 0, but they are 0 and 0",
    ],
    [() => new SGD([param()], { nesterov: true, momentum: 0.9, dampening: 0.1 }), "they are 0.9 and 0.1"],
    [() => new SGD([{ params: [param()], nesterov: true }]), "nesterov needs momentum"],
    [() => new Adam([param()], { betas: [1, 0.999] }), "betas must be at least 0 and less than 1"],
    [() => new Adam([param()], { betas: [0.9, -0.1] }), "but got -0.1"],
    [() => new Adam([{ params: [param()], eps: -1 }]), "Adam: eps"],
    [() => new AdamW([param()], { weightDecay: -1 }), "AdamW: weightDecay"],
    [() => new RMSprop([param()], { alpha: 1 }), "RMSprop: alpha"],
    // What the types refuse, JavaScript lets through.
    [() => new Adam([param()], { betas: 0.9 as never }), "betas must be two numbers such as [0.9, 0.999], but got 0.9"],
    [() => new Adam([param()], { lr: "0.1" as never }), "lr must be a finite number"],
    [() => new Adam([param()], { learningRate: 0.1 } as never), 'no option "learningRate". The options are lr, betas'],
  ];

  test.each(refusals.map(([make, message]) => [message, make] as const))("%s", (message, make) => {
    expect(make).toThrow(UsageError);
    expect(make).toThrow(message);
  });

  test("a learning rate set later", () => {
    const optimizer = new SGD([{ params: [param()] }, { params: [param()], lr: 1 }]);
    expect(() => optimizer.lr).toThrow("the groups differ (0.001, 1)");
    expect(() => (optimizer.groups[0]!.lr = -1)).toThrow(UsageError);
    optimizer.lr = 0.25;
    expect([optimizer.lr, ...optimizer.groups.map((group) => group.lr)]).toEqual([0.25, 0.25, 0.25]);
  });
});

describe("parameters that cannot be trained", () => {
  const shared = param();
  const refusals: [make: () => unknown, kind: typeof UsageError | typeof DTypeError, message: string][] = [
    [() => new SGD([]), UsageError, "there are no parameters to train"],
    [() => new SGD([{ params: [] }]), UsageError, "model.parameters()"],
    [() => new SGD(new Map() as never), UsageError, "there are no parameters to train"],
    [() => new SGD([param(), { params: [param()] }] as never), UsageError, "or groups"],
    [() => new SGD([{ params: [1] }] as never), UsageError, "parameter 0 is no tensor, but number"],
    [() => new SGD([param(), shared, shared]), UsageError, "parameter 2 (float32 [2, 3]) is listed twice"],
    [() => new SGD([{ params: [shared] }, { params: [shared] }]), UsageError, "listed twice"],
    [() => new SGD([tensor(Int32Array.of(1, 2))]), DTypeError, "parameter 0 (int32 [2]) is not of a float dtype"],
  ];

  test.each(refusals.map(([make, kind, message]) => [message, kind, make] as const))("%s", (message, kind, make) => {
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  test("what was computed from parameters", () => {
    const p = param();
    p.requiresGrad = true;
    expect(() => new SGD([mul(p, 2)])).toThrow("was computed by mul. Train what it was computed from.");
  });
});

describe("gradients that do not fit", () => {
  const p = param();
  const optimizer = new SGD([p, param()], { lr: 1 });

  test("none for any parameter", () => {
    expect(() => optimizer.step(new Map())).toThrow(UsageError);
    expect(() => optimizer.step(new Map([[param(), param()]]))).toThrow(
      "none of the 1 gradients belongs to one of the 2 parameters",
    );
  });

  test("another shape or dtype, and then no parameter has changed", () => {
    const one = tensor([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const both = (grad: Tensor) =>
      new Map([
        [optimizer.groups[0]!.params[0]!, one],
        [optimizer.groups[0]!.params[1]!, grad],
      ]);
    expect(() => optimizer.step(both(zeros([3, 2])))).toThrow(ShapeError);
    expect(() => optimizer.step(both(zeros([3, 2])))).toThrow(
      "parameter 1 is float32 [2, 3], but its gradient is of shape [3, 2]",
    );
    expect(() => optimizer.step(both(zeros([2, 3], { dtype: "float64" })))).toThrow(DTypeError);
    expect([...p.data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(p).toBeInstanceOf(Tensor);
  });

  test("gradients of others are left alone", () => {
    const other = param();
    optimizer.step(
      new Map([
        [
          p,
          tensor([
            [1, 1, 1],
            [1, 1, 1],
          ]),
        ],
        [other, param()],
      ]),
    );
    expect([...p.data]).toEqual([-1, -1, -1, -1, -1, -1]);
  });
});

test("a step keeps no graph, even of tracked parameters and gradients", () => {
  const p = tensor([1, 2]);
  p.requiresGrad = true;
  const grad = mul(p, 2);
  expect(grad.origin).toBeDefined();
  const optimizer = new Adam([p]);
  optimizer.step(new Map([[p, grad]]));
  expect(p.origin).toBeUndefined();
  expect(p.requiresGrad).toBe(true);
  for (const state of optimizer.stateDict().values()) expect(state.origin).toBeUndefined();
});
