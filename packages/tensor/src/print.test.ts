import { expect, test } from "vitest";
import { arange, eye, full, linspace, tensor, zeros } from "./index.ts";

const show = (x: unknown) => String(x);

test("whole numbers have no point, fractions four digits or as few as do, in columns", () => {
  expect(show(tensor([1, -2, 30]))).toBe("tensor([ 1, -2, 30])");
  expect(show(tensor([[1, 2.5], [-3, 1 / 3]]))).toMatchInlineSnapshot(`
    "tensor([[ 1.0000,  2.5000],
            [-3.0000,  0.3333]])"
  `); // biome-ignore format: a matrix
  expect(show(tensor([0.5, 1]))).toBe("tensor([0.5, 1.0])");
  expect(show(tensor(Math.PI))).toBe("tensor(3.1416)");
  expect(show(tensor(-2))).toBe("tensor(-2)");
});

test("very large and very small numbers are powers of ten, and no small one looks like 0", () => {
  expect(show(tensor([1e9, 1.5]))).toBe("tensor([1.0e+9, 1.5e+0])");
  expect(show(tensor([1.25e-5, 2e-6]))).toBe("tensor([1.25e-5, 2.00e-6])");
  expect(show(tensor([1e-6, 1, 0]))).toBe("tensor([1e-6,  1.0,  0.0])");
});

test("NaN and infinities", () => {
  expect(show(tensor([NaN, -Infinity, 1]))).toBe("tensor([      NaN, -Infinity,         1])");
});

test("the dtype is said unless it is float32", () => {
  expect(show(eye(2, 2, { dtype: "int32" }))).toMatchInlineSnapshot(`
    "tensor([[1, 0],
            [0, 1]], dtype=int32)"
  `);
  expect(show(tensor([true, false]))).toBe("tensor([ true, false], dtype=bool)");
  expect(show(tensor([0.1], { dtype: "float64" }))).toBe("tensor([0.1], dtype=float64)");
});

test("the shape is said where the brackets do not show it", () => {
  expect(show(zeros([0]))).toBe("tensor([], shape=[0])");
  expect(show(zeros([2, 0, 3], { dtype: "int32" }))).toBe("tensor([], shape=[2, 0, 3], dtype=int32)");
});

test("three dimensions", () => {
  expect(show(arange(8).reshape([2, 2, 2]))).toMatchInlineSnapshot(`
    "tensor([[[0, 1],
             [2, 3]],

            [[4, 5],
             [6, 7]]])"
  `);
});

test("more than 1000 values are cut to three at each end of each dimension", () => {
  expect(show(arange(1000)).includes("...")).toBe(false);
  expect(show(arange(1001))).toBe("tensor([   0,    1,    2, ...,  998,  999, 1000], shape=[1001])");
  expect(show(arange(2400).reshape([4, 600]))).toMatchInlineSnapshot(`
    "tensor([[   0,    1,    2, ...,  597,  598,  599],
            [ 600,  601,  602, ..., 1197, 1198, 1199],
            [1200, 1201, 1202, ..., 1797, 1798, 1799],
            [1800, 1801, 1802, ..., 2397, 2398, 2399]], shape=[4, 600])"
  `);
  expect(show(full([8, 1, 200], 0.5))).toMatchInlineSnapshot(`
    "tensor([[[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]],

            [[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]],

            [[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]],

            ...,

            [[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]],

            [[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]],

            [[0.5, 0.5, 0.5, ..., 0.5, 0.5, 0.5]]], shape=[8, 1, 200])"
  `);
});

test("long lines are wrapped", () => {
  const text = show(linspace(0, 1, 30));
  expect(text).toMatchInlineSnapshot(`
    "tensor([0.0000, 0.0345, 0.0690, 0.1034, 0.1379, 0.1724, 0.2069, 0.2414, 0.2759, 0.3103,
            0.3448, 0.3793, 0.4138, 0.4483, 0.4828, 0.5172, 0.5517, 0.5862, 0.6207, 0.6552,
            0.6897, 0.7241, 0.7586, 0.7931, 0.8276, 0.8621, 0.8966, 0.9310, 0.9655, 1.0000])"
  `);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(88);
});

test("console.log in Node shows the same", () => {
  const x = tensor([1, 2]);
  expect(Reflect.get(x, Symbol.for("nodejs.util.inspect.custom")).call(x)).toBe(String(x));
});
