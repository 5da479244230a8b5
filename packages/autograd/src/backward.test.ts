import {
  add,
  argmax,
  assign,
  broadcastTo,
  cast,
  detach,
  exp,
  gt,
  matmul,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  tensor,
  where,
} from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backward, grad, noGrad } from "./index.ts";

const float64 = { dtype: "float64" } as const;

function leaf(values: number | number[], dtype: "float32" | "float64" = "float64"): Tensor {
  const x = tensor(values, { dtype });
  x.requiresGrad = true;
  return x;
}

const gradientOf = (output: Tensor, x: Tensor) => backward(output).get(x)?.toArray();

describe("the sweep", () => {
  test("sums the gradients of an input used twice by one op", () => {
    const x = leaf([2, 3]);
    expect(gradientOf(sum(mul(x, x)), x)).toEqual([4, 6]);
  });

  test("sums over the paths of a diamond, and visits each node once", () => {
    const x = leaf(2);
    let y = x;
    for (let i = 0; i < 40; i++) y = add(y, y); // 2⁴⁰ paths
    expect(gradientOf(y, x)).toBe(2 ** 40);
  });

  test("takes paths of different lengths in the right order", () => {
    const x = leaf(3);
    const square = mul(x, x);
    const y = add(mul(square, x), add(square, x)); // x³ + x² + x
    expect(gradientOf(y, x)).toBe(3 * 9 + 2 * 3 + 1);
  });

  test("is not limited by the stack: a chain of 100,000", { timeout: 60_000 }, () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 100_000; i++) y = add(y, x);
    expect(gradientOf(y, x)).toBe(100_001);
  });

  test("finds every leaf with requiresGrad, and nothing is stored on it", () => {
    const [a, b, c] = [leaf(2), leaf(3), tensor(4, float64)];
    const grads = backward(mul(mul(a, b), c));
    expect(new Set(grads.keys())).toEqual(new Set([a, b]));
    expect([grads.get(a)!.item(), grads.get(b)!.item()]).toEqual([12, 8]);
    expect(backward(mul(a, b)).get(a)!.item()).toBe(3); // not 12 + 3
  });

  test("gives the gradients of tensors in between, where they are asked for", () => {
    const x = leaf(2);
    const y = mul(x, 3);
    const grads = backward(mul(y, y), [y, x]);
    expect([grads.get(y)!.item(), grads.get(x)!.item()]).toEqual([12, 36]);
    expect(backward(y, [y]).get(y)!.item()).toBe(1);
  });

  test("has no gradient where the output does not depend on the tensor", () => {
    const [x, unused] = [leaf(2), leaf(5)];
    expect(backward(mul(x, x), [x, unused]).has(unused)).toBe(false);
  });

  test("runs no rule that is not needed", () => {
    const [x, weights] = [leaf([1, 2]), leaf([3, 4])];
    const loss = sum(mul(x, weights));
    const grads = backward(loss, [weights]);
    expect([...grads.keys()]).toEqual([weights]);
  });

  test("keeps dtypes and shapes through broadcasting and promotion", () => {
    const [narrow, wide] = [leaf([1, 2], "float32"), tensor([[1], [2], [3]], float64)];
    const grad = backward(sum(mul(narrow, wide))).get(narrow)!;
    expect(grad).toMatchObject({ shape: [2], dtype: "float32" });
    expect(grad.toArray()).toEqual([6, 6]);
  });

  test("ends at detach", () => {
    const x = leaf(3);
    expect(gradientOf(mul(x, detach(x)), x)).toBe(3);
    expect(detach(x).tracked).toBe(false);
    expect(detach(x).storage).toBe(x.storage);
  });

  test("ends at integers and bools, and passes beside them", () => {
    const x = leaf([1, -2, 3]);
    for (const y of [argmax(x), gt(x, 0), cast(x, "int32"), cast(x, "bool")]) expect(y.tracked).toBe(false);
    const y = where(gt(x, 0), mul(x, cast(x, "int32")), x);
    expect(gradientOf(sum(y), x)).toEqual([1, 1, 3]);
  });

  test("works on empty tensors", () => {
    const x = leaf([]);
    expect(gradientOf(sum(exp(x)), x)).toEqual([]);
  });
});

type Dual = [value: number, derivative: number];
type Binary = { op(a: Tensor, b: Tensor): Tensor; dual(a: Dual, b: Dual): Dual };

const arithmetic: readonly Binary[] = [
  { op: add, dual: ([v, dv], [w, dw]) => [v + w, dv + dw] },
  { op: sub, dual: ([v, dv], [w, dw]) => [v - w, dv - dw] },
  { op: mul, dual: ([v, dv], [w, dw]) => [v * w, v * dw + w * dv] },
];

/** −0 is 0 here. */
const plusZero = (values: readonly number[]) => values.map((v) => v + 0);

test("random graphs have the derivatives that dual numbers have", () => {
  const step = fc.record({ rule: fc.constantFrom(...arithmetic), a: fc.nat(), b: fc.nat() });
  fc.assert(
    fc.property(fc.integer({ min: -3, max: 3 }), fc.array(step, { minLength: 1, maxLength: 8 }), (value, steps) => {
      const x = leaf(value);
      const nodes = [x];
      const duals: Dual[] = [[value, 1]];
      for (const { rule, a, b } of steps) {
        const [i, j] = [a % nodes.length, b % nodes.length];
        nodes.push(rule.op(nodes[i]!, nodes[j]!));
        duals.push(rule.dual(duals[i]!, duals[j]!));
      }
      fc.pre(duals.flat().every((n) => Math.abs(n) < 2 ** 20)); // so that all sums are exact
      const out = nodes.at(-1)!;
      expect(plusZero([out.item(), backward(out).get(x)!.item()])).toEqual(plusZero(duals.at(-1)!));
    }),
  );
});

describe("outputs that are no scalars", () => {
  test("need the option gradient", () => {
    const x = leaf([1, 2]);
    const y = mul(x, x);
    expect(() => backward(y)).toThrow(/shape \[2\].*Reduce it first .mean or sum., or pass { gradient }/);
    expect(
      backward(y, [x], { gradient: tensor([1, 10], float64) })
        .get(x)!
        .toArray(),
    ).toEqual([2, 40]);
  });

  test("whose shape and dtype it must have", () => {
    const y = mul(leaf([1, 2]), 2);
    expect(() => backward(y, undefined, { gradient: tensor([1], float64) })).toThrow(/gradient has shape \[1\]/);
    expect(() => backward(y, undefined, { gradient: tensor([1, 1]) })).toThrow(/gradient is float32.*float64/);
  });

  test("unless there is one element", () => {
    const x = leaf([3]);
    expect(gradientOf(reshape(mul(x, x), [1, 1]), x)).toEqual([6]);
  });
});

describe("createGraph", () => {
  test("gives gradients that can be differentiated again; without it they cannot", () => {
    const x = leaf(2);
    const first = (createGraph: boolean) => backward(mul(mul(x, x), x), [x], { createGraph }).get(x)!;
    expect(backward(first(true)).get(x)!.item()).toBe(12);
    expect(first(false).tracked).toBe(false);
  });

  test("differentiates a gradient penalty", () => {
    const [x, w] = [leaf([1, 2]), leaf([3, -1])];
    const slope = backward(sum(exp(mul(x, w))), [x], { createGraph: true }).get(x)!;
    const penalty = sum(mul(slope, slope)); // Σ w² e²ˣʷ
    const expected = [1, 2].map((x, i) => {
      const w = [3, -1][i]!;
      return (2 * w + 2 * x * w * w) * Math.exp(2 * x * w);
    });
    backward(penalty)
      .get(w)!
      .data.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 9);
      });
  });
});

describe("refuses", () => {
  test("an output without a graph", () => {
    const x = leaf(2);
    expect(() => backward(noGrad(() => mul(x, x)))).toThrow(/does not depend on any tensor with requiresGrad.*noGrad/);
    expect(() => backward(argmax(leaf([1, 2])))).toThrow(/int32.*float values only/);
  });

  test("to differentiate by a tensor that was not tracked", () => {
    const x = leaf(2);
    expect(() => backward(mul(x, x), [x, tensor([1, 2])])).toThrow(/wrt\[1\] \(float32 \[2\]\) is not tracked/);
  });

  test("requiresGrad on integers and bools", () => {
    const labels = tensor([1, 2], { dtype: "int32" });
    expect(() => {
      labels.requiresGrad = true;
    }).toThrow(/\[2\] is int32, but only float32 and float64 have gradients/);
    labels.requiresGrad = false;
    expect(labels.tracked).toBe(false);
  });

  test("a graph whose values were changed by assign", () => {
    const [x, w] = [leaf([1, 2]), leaf([3, 4])];
    const loss = sum(mul(x, w));
    assign(w, tensor([5, 6], float64));
    expect(() => backward(loss)).toThrow(/input 1 of mul \(float64 \[2\]\) was changed by assign/);
    expect(gradientOf(sum(mul(x, w)), x)).toEqual([5, 6]);
  });

  test("also when the change came through a tensor that shares the memory", () => {
    const x = leaf([1, 2]);
    const loss = sum(mul(x, x));
    assign(reshape(detach(x), [2, 1]), tensor([[5], [6]], float64));
    expect(() => backward(loss)).toThrow(/changed by assign/);
  });

  test("also when the result of an op was changed before it was used", () => {
    const x = leaf([1, 2]);
    const y = exp(x);
    assign(y, tensor([5, 6], float64));
    expect(() => backward(sum(y))).toThrow(/result of exp .* was changed by assign/);
  });

  test("no change of a tensor that the wanted gradients do not need", () => {
    const [x, w] = [leaf([1, 2]), leaf([3, 4])];
    const y = mul(x, 2);
    const z = add(y, mul(w, w));
    assign(w, tensor([5, 6], float64));
    expect(backward(sum(z), [x]).get(x)!.toArray()).toEqual([2, 2]);
  });
});

test("gradients of a small network are those of the chain rule", () => {
  const [x, w] = [tensor([[1, 2]], float64), leaf([1, 0])];
  const matrix = reshape(w, [2, 1]);
  const out = matmul(x, matrix); // 1·w₀ + 2·w₁
  expect(gradientOf(sum(mul(out, out)), w)).toEqual([2, 4]);
  expect(grad((w: Tensor) => sum(broadcastTo(w, [3, 2])))(w)[0].toArray()).toEqual([3, 3]);
});
