import { valueAndGrad } from "@pointwise/autograd";
import {
  add,
  amax,
  argmax,
  assign,
  cast,
  div,
  floor,
  full,
  matmul,
  mul,
  relu,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@pointwise/tensor";
import { expect, test } from "vitest";
import { compile } from "../src/index.ts";

test("an elementwise function", () => {
  const f = compile((x) => relu(add(mul(x, 2), 1)));
  expect(f(tensor([1, -2, 3])).toArray()).toEqual([3, 0, 7]);
  expect(f(tensor([0, 0, -0.25])).toArray()).toEqual([1, 1, 0.5]);
});

test("a product with bias and activation", () => {
  const [w, b] = [
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    tensor([0.5, -50, 1]),
  ];
  const f = compile((x) => relu(add(matmul(x, w), b)));
  expect(
    f(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ).toArray(),
  ).toEqual([
    [9.5, 0, 16],
    [19.5, 0, 34],
  ]);
});

test("a reduction of a number that is known when the function is traced", () => {
  const f = compile((x) => ({ folded: add(x, amax(full([], 3))), alone: argmax(zeros([])) }));
  const { folded, alone } = f(tensor([1, 2]));
  expect(folded.toArray()).toEqual([4, 5]);
  expect(alone.toArray()).toBe(0);
});

test("a training step", () => {
  const w = tensor([1, 2, 3]);
  const step = compile((x) => {
    const [loss, grads] = valueAndGrad(() => sum(mul(mul(w, w), x)), [w]);
    assign(w, add(w, mul(grads.get(w)!, -0.25)));
    return loss;
  });
  expect(step(tensor([1, 1, 1])).item()).toBe(14);
  expect(w.toArray()).toEqual([0.5, 1, 1.5]);
  expect(step(tensor([1, 1, 1])).item()).toBe(3.5);
});

test("a value that is fused away is rounded, cut or made a bool as if it were stored", () => {
  const i = tensor(Int32Array.of(70000, 3));
  const bools = tensor([true, false]);
  const f = compile((i, bools) => ({
    square: mul(cast(i, "float32"), cast(i, "float32")),
    both: cast(add(bools, bools), "float32"),
    over: floor(div(i, 0)),
  }));
  const { square, both, over } = f(i, bools);
  expect(square.toArray()).toEqual([Math.fround(4.9e9), 9]);
  expect(both.toArray()).toEqual([1, 0]);
  expect(over.toArray()).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("floats beyond the integers become the nearest integer, as eagerly", () => {
  const x = tensor([1e10, -1e10, 2 ** 31, -(2 ** 31), 2147483520, Number.NaN, Number.POSITIVE_INFINITY, -1.9, 1.9]);
  const wanted = [2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 1, -(2 ** 31), 2147483520, 0, 2 ** 31 - 1, -1, 1];
  const toInteger = (x: Tensor) => cast(x, "int32");
  expect(toInteger(x).toArray()).toEqual(wanted);
  expect(compile(toInteger)(x).toArray()).toEqual(wanted);
  expect(compile(toInteger)(tensor([1e10])).toArray()).toEqual([2 ** 31 - 1]);
});
