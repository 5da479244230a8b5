import { add, cos, detach, exp, mul, sin, sum, type Tensor, tensor, zeros } from "@pointwise/tensor";
import { describe, expect, expectTypeOf, test } from "vitest";
import { backward, grad, noGrad, valueAndGrad } from "./index.ts";

const scalar = (value: number) => tensor(value, { dtype: "float64" });
const cube = (x: Tensor) => mul(mul(x, x), x);
const derivative = (f: (x: Tensor) => Tensor) => (x: Tensor) => grad(f)(x)[0];

describe("grad", () => {
  test("gives a gradient for each argument", () => {
    const [da, db] = grad((a: Tensor, b: Tensor) => mul(mul(a, a), b))(scalar(3), scalar(5));
    expect([da.item(), db.item()]).toEqual([30, 9]);
    expectTypeOf(grad((a: Tensor, b: Tensor) => add(a, b))).returns.toEqualTypeOf<[a: Tensor, b: Tensor]>();
  });

  test("leaves its arguments as they were, and the result without a graph", () => {
    const x = scalar(3);
    const dx = derivative(cube)(x);
    expect([x.requiresGrad, x.tracked, dx.tracked]).toEqual([false, false, false]);
  });

  test("gives a tensor that is passed twice two gradients", () => {
    const x = scalar(3);
    const [da, db] = grad((a: Tensor, b: Tensor) => mul(mul(a, a), b))(x, x);
    expect([da.item(), db.item()]).toEqual([18, 9]);
  });

  test("gives zeros where the value does not depend on the argument", () => {
    const [dx, dy] = grad((x: Tensor, _y: Tensor) => sum(x))(zeros([2]), zeros([1, 3]));
    expect([dx.toArray(), dy.toArray()]).toEqual([[1, 1], [[0, 0, 0]]]);
    expect(derivative(() => scalar(7))(scalar(1)).item()).toBe(0);
    expect(derivative((x) => detach(x))(scalar(1)).item()).toBe(0);
  });

  test("has second, third and fourth derivatives", () => {
    const x = scalar(0.7);
    let f: (x: Tensor) => Tensor = sin;
    const expected = [Math.cos(0.7), -Math.sin(0.7), -Math.cos(0.7), Math.sin(0.7)];
    for (const value of expected) {
      f = derivative(f);
      expect(f(x).item()).toBeCloseTo(value, 14);
    }
  });

  test("has mixed second derivatives, also by what the inner function only sees", () => {
    // d/dy (d/dx x² eʸ) = 2x eʸ
    const f = (x: Tensor, y: Tensor) => mul(mul(x, x), exp(y));
    const mixed = grad((y: Tensor) => grad((x: Tensor) => f(x, y))(scalar(3))[0])(scalar(0.5))[0];
    expect(mixed.item()).toBeCloseTo(6 * Math.exp(0.5), 12);
  });

  test("has the Hessian's rows", () => {
    const f = (x: Tensor) => sum(mul(cube(x), tensor([1, 2], { dtype: "float64" })));
    const rows = [0, 1].map((i) => {
      const e = tensor([Number(i === 0), Number(i === 1)], { dtype: "float64" });
      return grad((x: Tensor) => sum(mul(grad(f)(x)[0], e)))(tensor([3, 5], { dtype: "float64" }))[0].toArray();
    });
    expect(rows).toEqual([[18, 0], [0, 60]]); // biome-ignore format: a matrix
  });

  test("of a linear function has a derivative of zero", () => {
    expect(derivative(derivative((x) => mul(x, 3)))(scalar(2)).item()).toBe(0);
  });

  test("does not confuse the variables of the inner and the outer function", () => {
    // d/dx (x · d/dy (x + y)) = 1: a classic mistake gives 2
    const result = derivative((x) => mul(x, derivative((y) => add(x, y))(scalar(1))))(scalar(1));
    expect(result.item()).toBe(1);
  });

  test("can be differentiated by backward, where an argument is tracked", () => {
    const x = scalar(2);
    x.requiresGrad = true;
    const dx = derivative(cube)(x);
    expect(dx.item()).toBe(12);
    expect(backward(dx).get(x)!.item()).toBe(12);
    expect(noGrad(() => derivative(cube)(x)).tracked).toBe(false);
  });

  test("refuses integers, and values that are no scalars", () => {
    const labels = tensor([1, 2], { dtype: "int32" });
    expect(() => grad((x: Tensor, _: Tensor) => x)(scalar(1), labels)).toThrow(/grad: argument 1 is int32 \[2\]/);
    expect(() => grad((x: Tensor) => x)(zeros([2]))).toThrow(/must return one number, but returned \[2\]/);
    expect(() => grad((_: Tensor) => tensor(1, { dtype: "int32" }))(scalar(1))).toThrow(/the value is int32/);
  });
});

describe("valueAndGrad", () => {
  test("tracks what it is asked for while it runs, and restores requiresGrad, also when the function throws", () => {
    const [a, b] = [scalar(2), scalar(3)];
    b.requiresGrad = true;
    const [value, grads] = valueAndGrad(() => mul(a, mul(b, b)), [a]);
    expect([value.item(), grads.get(a)!.item(), grads.size]).toEqual([18, 9, 1]);
    expect([a.requiresGrad, b.requiresGrad]).toEqual([false, true]);
    const failing = () => {
      throw new Error("oh");
    };
    expect(() => valueAndGrad(failing, [a, b])).toThrow("oh");
    expect([a.requiresGrad, b.requiresGrad]).toEqual([false, true]);
    expect(derivative(cube)(a).tracked).toBe(false); // nothing is thought to be still running
  });

  test("gives a value without a graph", () => {
    const a = scalar(2);
    a.requiresGrad = true;
    const [value, grads] = valueAndGrad(() => mul(a, a), [a]);
    expect([value.tracked, grads.get(a)!.tracked]).toEqual([false, false]);
  });

  test("gives zeros for what the value does not depend on", () => {
    const unused = zeros([2, 3]);
    expect(valueAndGrad(() => scalar(1), [unused])[1].get(unused)!.toArray()).toEqual([[0, 0, 0], [0, 0, 0]]); // biome-ignore format: a matrix
  });

  test("works inside noGrad, and then without a graph of the gradients", () => {
    const a = scalar(2);
    const outer = valueAndGrad(() => noGrad(() => valueAndGrad(() => cube(a), [a])[1].get(a)!), [a]);
    expect([outer[0].item(), outer[1].get(a)!.item()]).toEqual([12, 0]);
  });

  test("inside another has second derivatives: of its gradients and of its value", () => {
    const [x, w] = [scalar(2), scalar(3)];
    const loss = () => {
      const [value, grads] = valueAndGrad(() => mul(cube(x), w), [x]);
      return add(mul(grads.get(x)!, grads.get(x)!), value); // (3x²w)² + x³w
    };
    const [value, grads] = valueAndGrad(loss, [w, x]);
    expect(value.item()).toBe(36 ** 2 + 24);
    expect(grads.get(w)!.item()).toBe(2 * 36 * 12 + 8);
    expect(grads.get(x)!.item()).toBe(2 * 36 * 36 + 36);
  });

  test("refuses integers to differentiate by, and functions that do not return a scalar of floats", () => {
    const a = scalar(2);
    expect(() => valueAndGrad(() => a, [a, tensor(1, { dtype: "int32" })])).toThrow(/wrt\[1\] is int32 \[\]/);
    expect(() => valueAndGrad(() => zeros([3]), [a])).toThrow(/must return one number, but returned \[3\]/);
    expect(() => valueAndGrad(() => 3 as unknown as Tensor, [a])).toThrow(
      /must return a tensor, but returned a value of type number/,
    );
    expect(() => valueAndGrad((async () => cos(a)) as unknown as () => Tensor, [a])).toThrow(
      /must not be asynchronous/,
    );
  });
});
