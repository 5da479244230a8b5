import * as t from "@pointwise/tensor";
import { describe, expect, test } from "vitest";

const { tensor, zeros } = t;
const float64 = { dtype: "float64" } as const;
const list = (x: t.Tensor) => Array.from(x.data);
/** Equal but for the last digits, however small the numbers. */
function expectClose(x: t.Tensor, expected: readonly number[]): void {
  expected.forEach((value, i) => {
    expect(Math.abs(x.data[i]! - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
  });
}

describe("NaN", () => {
  const x = tensor([NaN, 1, -2]);

  test("spreads through maxima, minima, relu and clamp", () => {
    for (const y of [t.maximum(x, 0), t.minimum(x, 0), t.maximum(0, x), t.relu(x), t.clamp(x, { min: 0, max: 1 })]) {
      expect(y.data[0]).toBeNaN();
      expect(y.data[1]).not.toBeNaN();
    }
    expect(t.amax(x).item()).toBeNaN();
    expect(t.amin(x).item()).toBeNaN();
  });

  test("counts as the largest and the smallest", () => {
    expect(t.argmax(x).item()).toBe(0);
    expect(t.argmin(x).item()).toBe(0);
    expect(t.argmax(tensor([1, NaN, NaN])).item()).toBe(1);
  });

  test("in a branch that is not taken does no harm", () => {
    expect(list(t.where(t.isnan(x), 0, x))).toEqual([0, 1, -2]);
  });
});

describe("ties", () => {
  test("argmax and argmin give the first", () => {
    expect(t.argmax(tensor([1, 3, 3])).item()).toBe(1);
    expect(t.argmin(tensor([[2, 1], [1, 1]]), 0).toArray()).toEqual([1, 0]); // biome-ignore format: a matrix
    expect(t.argmax(zeros([2, 3]), undefined, { keepdim: true }).shape).toEqual([1, 1]);
  });

  test("round goes to the even neighbour", () => {
    expect(list(t.round(tensor([0.5, 1.5, 2.5, -0.5, -1.5, 0.49999997])))).toEqual([0, 2, 2, -0, -2, 0]);
  });
});

describe("nothing to reduce", () => {
  const x = zeros([2, 0]);

  test("sum 0, product 1, mean NaN, no extremes", () => {
    expect(list(t.sum(x, 1))).toEqual([0, 0]);
    expect(list(t.prod(x, 1))).toEqual([1, 1]);
    expect(list(t.mean(x, 1))).toEqual([NaN, NaN]);
    expect(list(t.logSumExp(x, 1))).toEqual([-Infinity, -Infinity]);
    expect([t.any(x).item(), t.all(x).item()]).toEqual([0, 1]);
    for (const reduce of [t.amax, t.amin, t.argmax, t.argmin]) {
      expect(() => reduce(x, 1)).toThrow("dimension 1 of [2, 0] is empty");
      expect(reduce(x, 0).shape).toEqual([0]);
    }
  });

  test("shapes of empty results", () => {
    expect(t.sum(x).toArray()).toBe(0);
    expect(t.sum(x, 0).shape).toEqual([0]);
    expect(t.softmax(x, 1).shape).toEqual([2, 0]);
    expect(t.argsort(x, 1).shape).toEqual([2, 0]);
    expect(t.concat([x, zeros([2, 1])], 1).shape).toEqual([2, 1]);
    expect(t.split(zeros([0]), 3).map((p) => p.shape)).toEqual([[0]]);
  });
});

describe("reductions", () => {
  const x = t.reshape(t.arange(24), [2, 3, 4]);

  test("over any dimensions, in any order, negative or not", () => {
    expect(t.sum(x, [0, 2]).toArray()).toEqual([60, 92, 124]);
    expect(t.sum(x, [-1, 0]).toArray()).toEqual([60, 92, 124]);
    expect(t.sum(x, 1, { keepdim: true }).shape).toEqual([2, 1, 4]);
    expect(t.mean(x).item()).toBe(11.5);
    expect(t.sum(tensor(3)).item()).toBe(3);
    expect(() => t.sum(x, [0, -3])).toThrow(t.ShapeError);
    expect(() => t.sum(x, 3)).toThrow("sum: no dimension 3 in a tensor of rank 3; valid dimensions are -3 to 2.");
  });

  test("variance and standard deviation with Bessel's correction, or without", () => {
    const y = tensor([1, 2, 3, 4], float64);
    expect(t.variance(y).item()).toBeCloseTo(5 / 3, 14);
    expect(t.variance(y, 0, { correction: 0 }).item()).toBe(1.25);
    expect(t.std(y, 0, { correction: 0 }).item()).toBeCloseTo(Math.sqrt(1.25), 14);
    expect(t.variance(tensor([5])).item()).toBeNaN();
  });

  test("float32 sums do not lose what float64 can hold", () => {
    expect(t.sum(tensor([16777216, 1, 1, -16777216])).item()).toBe(2);
  });

  test("norms", () => {
    const y = tensor([[3, -4], [0, 0]], float64); // biome-ignore format: a matrix
    expect(t.norm(y, 1).toArray()).toEqual([5, 0]);
    expect(t.norm(y, 1, { p: 1 }).toArray()).toEqual([7, 0]);
    expect(t.norm(y, 1, { p: Infinity }).toArray()).toEqual([4, 0]);
    expect(t.norm(y, 1, { p: 3 }).data[0]).toBeCloseTo(91 ** (1 / 3), 14);
    expect(() => t.norm(y, 1, { p: 0 })).toThrow("norm: p must be positive, but is 0.");
  });
});

describe("far from 0", () => {
  const x = tensor([-1e4, -800, -40, 1e-12, 40, 800, 1e4], float64);

  test("sigmoid, softplus, expm1 and log1p", () => {
    const tail = Math.exp(-40);
    expectClose(t.sigmoid(x), [0, 0, tail, 0.5 + 2.5e-13, 1, 1, 1]);
    expectClose(t.softplus(x), [0, 0, tail, Math.LN2 + 5e-13, 40, 800, 1e4]);
    expectClose(t.expm1(tensor([1e-12], float64)), [1e-12 + 5e-25]);
    expectClose(t.log1p(tensor([1e-12], float64)), [1e-12 - 5e-25]);
    expect(list(t.tanh(x)).slice(4)).toEqual([1, 1, 1]);
  });

  test("softmax, logSoftmax, logSumExp and cross-entropy", () => {
    const logits = tensor([[1e4, 0, -1e4]], float64);
    expect(list(t.softmax(logits, 1))).toEqual([1, 0, 0]);
    expect(list(t.logSoftmax(logits, 1))).toEqual([0, -1e4, -2e4]);
    expect(t.logSumExp(logits).item()).toBe(1e4);
    expect(t.softmaxCrossEntropy(logits, tensor(new Int32Array([2]))).item()).toBe(2e4);
    expect(t.logSumExp(tensor([-Infinity, -Infinity])).item()).toBe(-Infinity);
    expect(t.logSumExp(tensor([Infinity, 0])).item()).toBe(Infinity);
  });

  test("gelu goes by the error function, and vanishes on the left", () => {
    expect(t.gelu(tensor(1, float64)).item()).toBeCloseTo(0.8413447460685429, 15);
    expect(t.gelu(tensor(1, float64), { approximate: "tanh" }).item()).toBeCloseTo(0.8411919906082768, 14);
    expect(list(t.gelu(tensor([-40, 40])))).toEqual([-0, 40]);
  });
});

test("the remainder has the sign of the divisor", () => {
  expect(list(t.remainder(tensor([5, -5, 5, -5]), tensor([3, 3, -3, -3])))).toEqual([2, 1, -1, -2]);
});

test("cross-entropy of pictures has a label a pixel", () => {
  const logits = t.reshape(t.arange(2 * 3 * 2 * 2, float64), [2, 3, 2, 2]);
  const labels = t.zeros([2, 2, 2], { dtype: "int32" });
  const expected = -t.logSoftmax(logits, 1).data[0]!;
  const losses = t.softmaxCrossEntropy(logits, labels);
  expect(losses.shape).toEqual([2, 2, 2]);
  for (const loss of losses.data) expect(loss).toBeCloseTo(expected, 12);
});
