import {
  add,
  assign,
  detach,
  exp,
  matmul,
  mul,
  relu,
  sin,
  square,
  type Tensor,
  tensor,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkGradients, withGradient } from "./index.ts";

const float64 = { dtype: "float64" } as const;
const x = tensor([[0.5, -1, 2], [1.5, 0.25, -0.75]], float64); // biome-ignore format: a matrix
const y = tensor([1, 2, 3], float64);

/** x², with a derivative of `slope` · 2x. */
const squareWithSlope = (slope: number) =>
  withGradient((x: Tensor) => square(x), [(grad, { inputs: [x] }) => mul(grad, mul(x!, 2 * slope))]);

describe("checkGradients accepts", () => {
  test("right gradients, of several inputs and outputs", () => {
    checkGradients((x, y) => [mul(exp(x!), y!), sin(add(x!, y!))], [x, y], { secondDerivatives: true });
  });

  test("parameters that the function does not take as arguments, and puts them back", () => {
    const weights = tensor([[1, 2], [3, 4], [5, 6]], float64); // biome-ignore format: a matrix
    const before = [...weights.data];
    checkGradients(() => square(matmul(x, weights)), [weights]);
    expect([...weights.data]).toEqual(before);
    expect(weights.requiresGrad).toBe(false);
  });

  test("inputs of integers, which it passes on; empty inputs; an unused input", () => {
    const mask = tensor([1, 0, 1], { dtype: "int32" });
    checkGradients((x, mask, _unused) => mul(x!, mask!), [x, mask, y], { secondDerivatives: true });
    checkGradients((x) => exp(x!), [zeros([0, 2], float64)]);
  });

  test("polynomials of any coefficients", () => {
    const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(coefficient, { minLength: 1, maxLength: 4 }), (coefficients) => {
        const polynomial = (x: Tensor) => coefficients.reduce<Tensor>((p, c) => add(mul(p, x), c), mul(x, 0));
        checkGradients((x) => polynomial(x!), [y], { secondDerivatives: true });
      }),
      { numRuns: 20 },
    );
  });
});

describe("checkGradients reports", () => {
  test("a wrong gradient: which input, which element, both values, and how many", () => {
    const wrong = squareWithSlope(1.01);
    const check = () => checkGradients((y, x) => mul(wrong(x!), y!), [y, x]);
    expect(check).toThrow(
      /^checkGradients: the gradient by input 1 at \[0, 0\] is [\d.]+, but central differences give [\d.]+/,
    );
    expect(check).toThrow(/6 of its 6 elements are wrong/);
    checkGradients((y, x) => mul(wrong(x!), y!), [y, x], { rtol: 0.02 });
  });

  test("one wrong element among many", () => {
    const wrong = withGradient(
      (x: Tensor) => square(x),
      [
        (grad, { inputs: [x] }) => mul(grad, add(mul(x!, 2), tensor([[0, 0, 0], [0, 1e-4, 0]], float64))), // biome-ignore format: a matrix
      ],
    );
    expect(() => checkGradients(wrong, [x])).toThrow(/input 0 at \[1, 1\].*1 of its 6 elements/);
  });

  test("a wrong second derivative, whose first is right", () => {
    // The inner rule is wrong, and only the second derivative uses it.
    const doubled = withGradient((x: Tensor) => mul(x, 2), [(grad) => mul(grad, 3)]);
    const wrong = withGradient((x: Tensor) => square(x), [(grad, { inputs: [x] }) => mul(grad, doubled(x!))]);
    checkGradients(wrong, [x]);
    expect(() => checkGradients(wrong, [x], { secondDerivatives: true })).toThrow(
      /the second derivative by input 0 at \[0, 0\]/,
    );
  });

  test("a missing gradient", () => {
    expect(() => checkGradients((x) => mul(detach(x!), 2), [x])).toThrow(/is 0, but central differences give/);
  });

  test("a function that draws anew at every call", () => {
    const state = tensor(1, float64);
    const random = (x: Tensor) => {
      assign(state, mul(state, 1.1));
      return mul(x, state);
    };
    expect(() => checkGradients((x) => random(x!), [x])).toThrow(/different values for equal inputs/);
  });

  test("a kink, at which the differences see both slopes", () => {
    expect(() => checkGradients((x) => relu(x!), [tensor([0], float64)])).toThrow(/is 0, but central differences give/);
  });

  test("float32, and the lack of anything to check", () => {
    expect(() => checkGradients((x) => exp(x!), [tensor([1])])).toThrow(/input 0 is float32.*cast\(x, "float64"\)/);
    expect(() =>
      checkGradients((x) => mul(x!, tensor([1, 2], { dtype: "int32" })), [tensor(1, { dtype: "int32" })]),
    ).toThrow(/no float64 input/);
    expect(() => checkGradients(() => tensor([1]), [x])).toThrow(/output 0 is float32/);
    expect(() => checkGradients(() => [], [x])).toThrow(/returns no tensor/);
  });

  test("and puts the inputs back when the function throws", () => {
    const values = tensor([1, 2], float64);
    let calls = 0;
    const failing = (x: Tensor) => {
      if (++calls === 6) throw new Error("oh");
      return square(x);
    };
    expect(() => checkGradients((x) => failing(x!), [values])).toThrow("oh");
    expect(values.toArray()).toEqual([1, 2]);
  });
});
