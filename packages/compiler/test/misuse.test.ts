import { noGrad, valueAndGrad } from "@pointwise/autograd";
import { Dropout, Linear, Sequential } from "@pointwise/layers";
import { SGD } from "@pointwise/optimizers";
import {
  add,
  apply,
  assign,
  elementwise,
  gather,
  kernel,
  mul,
  oneHot,
  Rng,
  relu,
  softmaxCrossEntropy,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@pointwise/tensor";
import { describe, expect, test, vi } from "vitest";
import { compile } from "../src/index.ts";

describe("misuse is explained", () => {
  test("reading values", () => {
    expect(() => compile((x) => mul(x, x.item()))(tensor([1]))).toThrow(/no values yet: it is being traced.*Return it/);
  });

  test("a traced tensor kept for later", () => {
    let kept: Tensor | undefined;
    compile((x) => {
      kept = mul(x, 2);
      return kept;
    })(tensor([1, 2]));
    expect(() => kept!.toArray()).toThrow(/has no values yet/);
    expect(() => compile((x) => add(x, kept!))(tensor([1, 2]))).toThrow(/without values.*another trace made/);
    expect(() => compile((x) => x)(kept!)).toThrow(/argument 0 .* left over from a trace/);
  });

  test("assigning to an argument or a computed value", () => {
    const f = compile((x) => {
      assign(x, mul(x, 2));
    });
    expect(() => f(tensor([1]))).toThrow(/assign to a tensor \[1\] that is an argument/);
  });

  test("arguments and results that are no tensors", () => {
    // @ts-expect-error numbers are no tensors
    expect(() => compile((x: Tensor) => x)(3)).toThrow(/argument 0 is a number.*Pass tensor\(3\)/);
    // @ts-expect-error nor may they be returned
    expect(() => compile((x: Tensor) => ({ loss: x.size }))(tensor([1]))).toThrow(
      /the result.loss .* the number 1.*computed once/,
    );
    // @ts-expect-error nor promises
    expect(() => compile(async (x: Tensor) => x)(tensor([1]))).toThrow(/the result .* a promise/);
  });

  test("a gradient that needs a value from before an assign", () => {
    const w = tensor([1, 2]);
    const f = compile((x) => {
      const [, grads] = valueAndGrad(() => {
        const loss = sum(mul(mul(w, w), x));
        assign(w, zeros([2]));
        return loss;
      }, [w]);
      return grads.get(w)!;
    });
    expect(() => f(tensor([1, 1]))).toThrow(/changed by assign/);
  });

  test("the learning rate read as a number", () => {
    const w = tensor([1]);
    const optimizer = new SGD([w], { lr: 0.1 });
    expect(() => compile((x) => mul(x, optimizer.lr))(tensor([1]))).toThrow(/frozen at its value of today/);
  });

  test("attributes that are no plain data", () => {
    const op = elementwise<{ f: () => number }>({ name: "odd", expr: (k, { f }, x) => k.mul(x!, k.c(f())) });
    expect(() => compile((x) => apply(op, [x], { f: () => 2 }))(tensor([1]))).toThrow(
      /attribute "f" of the op odd is a function/,
    );
  });

  test("indices out of range, when the program runs", () => {
    const logits = zeros([2, 3]);
    const loss = compile((labels) => softmaxCrossEntropy(logits, labels));
    expect(loss(tensor(Int32Array.of(0, 2))).shape).toEqual([2]);
    expect(() => loss(tensor(Int32Array.of(0, 3)))).toThrow(
      /softmaxCrossEntropy: .*3 at \[1\] is out of range: it must be 0 to 2/,
    );
    const hot = compile((labels) => oneHot(labels, 4));
    expect(() => hot(tensor(Int32Array.of(-1)))).toThrow(/oneHot: .*-1 at \[0\] is out of range/);
    const taken = compile((index) => gather(tensor([1, 2]), 0, index));
    expect(() => taken(tensor(Int32Array.of(1, 0, 2)))).toThrow(
      /gather: .*2 at \[2\] is out of range: it must be 0 to 1/,
    );
  });

  test("shapes that change all the time", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const f = compile(function tripled(x) {
      return mul(x, 3);
    });
    for (let n = 1; n <= 40; n++) expect(f(zeros([n])).shape).toEqual([n]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatch(
      /the function tripled was compiled 8 times.*last for \(float32 \[8\]\).*dropLast/,
    );
    warn.mockRestore();
  });
});

describe("what a compiled function may do", () => {
  test("be called with other shapes and dtypes", () => {
    const f = compile((x) => add(x, x));
    expect(f(tensor([1, 2])).toArray()).toEqual([2, 4]);
    expect(f(tensor([[1], [2]])).toArray()).toEqual([[2], [4]]);
    expect(f(tensor([1, 2], { dtype: "int32" }))).toMatchObject({ dtype: "int32", shape: [2] });
    expect(f(tensor([0.1], { dtype: "float64" })).toArray()).toEqual([0.2]);
  });

  test("return nothing, a structure, an argument, or a tensor made outside", () => {
    const w = tensor([1]);
    expect(compile(() => {})()).toBeUndefined();
    const f = compile((x) => ({ pair: [mul(x, 2), x] as const, w }));
    const result = f(tensor([3]));
    expect([result.pair[0].toArray(), result.pair[1].toArray()]).toEqual([[6], [3]]);
    expect(result.w).toBe(w);
  });

  test("return tensors that it fills, new ones at each call", () => {
    const f = compile((x: Tensor) => ({ zeros: zeros([2]), grads: valueAndGrad(() => sum(x), [x])[1].get(x)! }));
    const first = f(tensor([1, 2]));
    assign(first.zeros, first.grads);
    const second = f(tensor([1, 2]));
    expect([first.zeros.toArray(), second.zeros.toArray(), second.grads.toArray()]).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
  });

  test("see what others change, and change what others see", () => {
    const w = tensor([1, 2]);
    const grow = compile((x) => assign(w, add(w, x)));
    const read = compile((x) => mul(w, x));
    grow(tensor([1, 1]));
    expect(read(tensor([10, 10])).toArray()).toEqual([20, 30]);
    assign(w, tensor([5, 6]));
    expect(read(tensor([1, 1])).toArray()).toEqual([5, 6]);
    grow(tensor([1, 1]));
    expect(w.toArray()).toEqual([6, 7]);
    expect(mul(w, 2).toArray()).toEqual([12, 14]);
  });

  test("exchange two states", () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    const exchange = compile(() => {
      const before = a;
      assign(a, b);
      assign(b, mul(before, 1));
    });
    exchange();
    // As eagerly: the second assign sees the first.
    expect([a.toArray(), b.toArray()]).toEqual([
      [3, 4],
      [3, 4],
    ]);
  });

  test("assign twice, and read in between", () => {
    const w = tensor([1]);
    const f = compile((x) => {
      assign(w, add(w, x));
      const between = mul(w, 10);
      assign(w, mul(w, w));
      return between;
    });
    expect(f(tensor([2])).toArray()).toEqual([30]);
    expect(w.toArray()).toEqual([9]);
  });

  test.each([[5], [1], []])("draw numbers [%s] at random anew at each call, as eagerly", (...shape) => {
    const [rng, other] = [new Rng(3), new Rng(3)];
    const draw = (rng: Rng) => [
      rng.uniform(shape),
      rng.uniform(shape, { dtype: "float64" }),
      rng.randint(shape, 0, 99),
    ];
    const f = compile(() => draw(rng));
    const values = (all: readonly Tensor[]) => all.map((x) => x.toArray());
    for (let i = 0; i < 3; i++) expect(values(f())).toEqual(values(draw(other)));
  });

  test("follow a model between training and evaluation, and a layer that is replaced", () => {
    const rng = new Rng(0);
    const model = new Sequential(new Linear(4, 4, { rng }), new Dropout(0.5, { rng }));
    const f = compile((x) => model.forward(x));
    const x = new Rng(1).normal([64, 4]);
    const zerosIn = (y: Tensor) => y.data.filter((v) => v === 0).length;
    expect(zerosIn(f(x))).toBeGreaterThan(60);
    model.eval();
    expect(zerosIn(f(x))).toBe(0);
    expect(f(x).toArray()).toEqual(noGrad(() => compile((x) => model.forward(x))(x)).toArray());
    model.train();
    expect(zerosIn(f(x))).toBeGreaterThan(60);
  });

  test("call another compiled function", () => {
    const double = compile((x) => mul(x, 2));
    expect(compile((x) => relu(double(x)))(tensor([-1, 2])).toArray()).toEqual([0, 4]);
  });

  test("use ops of one's own", () => {
    const swish = elementwise({ name: "swish", expr: (k, _, x) => k.div(x!, k.add(k.c(1), k.exp(k.neg(x!)))) });
    const reversed = kernel({
      name: "reversed",
      shape: (_, shape) => shape!,
      reference: (out, _, x) => out.data.set(x!.data.toReversed()),
    });
    const f = compile((x) => apply(reversed, [apply(swish, [x])]));
    const [a, b] = f(tensor([0, 1])).toArray() as number[];
    expect(a).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    expect(b).toBe(0);
    expect(f.explain()).toMatch(/in JavaScript: reversed/);
  });

  test("compute in float64, which only single numbers do in WebAssembly", () => {
    const f = compile((x) => sum(mul(x, 3)));
    expect(f(tensor([0.1, 0.2], { dtype: "float64" })).item()).toBe(0.1 * 3 + 0.2 * 3);
  });

  test("work on empty tensors", () => {
    const f = compile((x) => ({ y: mul(x, 2), total: sum(x) }));
    const { y, total } = f(zeros([0, 3]));
    expect([y.shape, total.item()]).toEqual([[0, 3], 0]);
  });
});
