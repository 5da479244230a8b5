import {
  add,
  apply,
  conv2d,
  conv2dAttrs,
  conv2dInputGradOp,
  mul,
  Rng,
  setAccelerator,
  type Tensor,
} from "@pointwise/tensor";
import { beforeAll, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { expectClose } from "./close-to.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

const rng = new Rng(1);

test("weights as large as the maps are not mistaken for the current picture's part", () => {
  const [x, w] = [rng.normal([2, 2, 3, 3]), rng.normal([2, 2, 2, 2])];
  const forward = (x: Tensor, w: Tensor) => mul(conv2d(x, w), w);
  expectClose([compile(forward)(x, w)], [forward(x, w)]);
  const attrs = { ...conv2dAttrs("conv2d", {}, [1, 1]), inputSize: [1, 1] as const };
  const [grad, square] = [rng.normal([2, 2, 1, 1]), rng.normal([2, 2, 1, 1])];
  const backward = (grad: Tensor, w: Tensor) => mul(apply(conv2dInputGradOp, [grad, w], attrs), w);
  expectClose([compile(backward)(grad, square)], [backward(grad, square)]);
});

test("the picture that a convolution reads is still added in its epilogue", () => {
  const [x, w] = [rng.normal([3, 2, 4, 4]), rng.normal([2, 2, 3, 3])];
  const residual = compile((x: Tensor, w: Tensor) => add(conv2d(x, w, { padding: 1 }), x));
  expectClose([residual(x, w)], [add(conv2d(x, w, { padding: 1 }), x)]);
  expect(residual.explain()).toMatch(/conv2d \+ add →/);
});
