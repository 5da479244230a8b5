import {
  add,
  cast,
  exp,
  fromData,
  gather,
  log,
  mul,
  neg,
  round,
  scatterAdd,
  sum,
  type Tensor,
  tensor,
  zerosLike,
} from "@pointwise/tensor";
import { expect, test } from "vitest";
import { checkGradients, grad, noGrad, valueAndGrad, withGradient } from "./index.ts";

const float64 = { dtype: "float64" } as const;

test("gradients pass a rounding straight through", () => {
  const straightThrough = withGradient((x: Tensor) => round(x), [(grad) => grad]);
  const x = tensor([0.4, 1.7], float64);
  expect(straightThrough(x).toArray()).toEqual([0, 2]);
  expect(grad((x: Tensor) => sum(mul(straightThrough(x), straightThrough(x))))(x)[0].toArray()).toEqual([0, 4]);
});

test("gradients are reversed, while the values pass, and share memory", () => {
  const reverse = withGradient((x: Tensor) => x, [(grad) => neg(grad)]);
  const x = tensor([1, 2], float64);
  expect(reverse(x).storage).toBe(x.storage);
  expect(grad((x: Tensor) => sum(mul(reverse(x), 3)))(x)[0].toArray()).toEqual([-3, -3]);
});

test("a stable log(1 + eˣ) with its own rule has derivatives of any order, by the output and the input", () => {
  const softplus = withGradient(
    (x: Tensor) => log(add(exp(x), 1)),
    [(grad, { inputs: [x], out }) => mul(grad, exp(add(x!, neg(out))))], // σ(x) = e^(x − softplus(x))
  );
  const x = tensor([-1, 0.5, 2], float64);
  checkGradients(softplus, [x], { secondDerivatives: true });
  const third = grad((x: Tensor) => sum(grad((x: Tensor) => sum(grad((x: Tensor) => sum(softplus(x)))(x)[0]))(x)[0]))(
    x,
  );
  const sigmoid = [-1, 0.5, 2].map((v) => 1 / (1 + Math.exp(-v)));
  third[0].data.forEach((value, i) => {
    const s = sigmoid[i]!;
    expect(value).toBeCloseTo(s * (1 - s) * (1 - 2 * s), 12);
  });
});

test("several inputs have a rule each; null for one without a gradient, whose rule is never run", () => {
  const pick = withGradient(
    (x: Tensor, index: Tensor) => gather(x, 0, index),
    [(grad, { inputs: [x, index] }) => scatterAdd(zerosLike(x!), 0, index!, grad), null],
  );
  const [x, index] = [tensor([1, 2, 3], float64), tensor([2, 2], { dtype: "int32" })];
  checkGradients(pick, [x, index]);
  const unused = withGradient(
    (a: Tensor, b: Tensor) => mul(a, b),
    [
      (grad, { inputs: [, b] }) => mul(grad, b!),
      () => {
        throw new Error("nobody asked for this gradient");
      },
    ],
  );
  expect(grad((a: Tensor) => sum(unused(a, x)))(x)[0].toArray()).toEqual([1, 2, 3]);
});

test("forward keeps no graph, and may compute by itself", () => {
  let tracked = true;
  const double = withGradient(
    (x: Tensor) => {
      tracked = mul(x, 2).tracked;
      return fromData(
        Float64Array.from(x.data, (v) => 2 * v),
        x.shape,
        "float64",
      );
    },
    [(grad) => mul(grad, 2)],
  );
  const x = tensor([1, 2], float64);
  const [value, grads] = valueAndGrad(() => sum(double(x)), [x]);
  expect([value.item(), grads.get(x)!.toArray(), tracked]).toEqual([6, [2, 2], false]);
  expect(noGrad(() => double(x)).tracked).toBe(false);
  expect(double(x).tracked).toBe(false);
});

test("a rule that gives the wrong shape or dtype is explained", () => {
  const x = tensor([1, 2], float64);
  const halve = (rule: (grad: Tensor) => Tensor) => withGradient(function halve(x: Tensor) { return mul(x, 0.5); }, [rule]); // biome-ignore format: one line
  const differentiate = (rule: (grad: Tensor) => Tensor) => () => grad((x: Tensor) => sum(halve(rule)(x)))(x);
  expect(differentiate((grad) => sum(grad))).toThrow(
    /gradient rule of halve for its input 1 has shape \[\], but .* \[2\]/,
  );
  expect(differentiate((grad) => cast(grad, "float32"))).toThrow(/gradient rule of halve for its input 1 is float32/);
});

test("there must be a rule for each input", () => {
  const f = withGradient((...x: Tensor[]) => x[0]!, [(grad) => grad]);
  expect(() => f(tensor(1), tensor(2))).toThrow(/got 2 inputs, but has 1 gradient rules/);
});
