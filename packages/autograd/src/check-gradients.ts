import {
  add,
  assign,
  DTypeError,
  formatShape,
  fromData,
  isFloat,
  mul,
  type Shape,
  stridesOf,
  sum,
  type Tensor,
  UsageError,
} from "@pointwise/tensor";
import { noGrad } from "./no-grad.ts";
import { valueAndGrad } from "./value-and-grad.ts";

export interface CheckGradientsOptions {
  /** Half the distance of the two points of a difference. */
  readonly eps?: number;
  /** A gradient is right if it is within atol + rtol · |n| of the numeric one, n. */
  readonly atol?: number;
  readonly rtol?: number;
  /** Chooses the weights by which the outputs are summed to one number. */
  readonly seed?: number;
  /** Check the gradients of the gradients as well. */
  readonly secondDerivatives?: boolean;
}

/**
 * Checks the gradients of `fn` by central differences, (f(x + eps) − f(x − eps)) / 2·eps, for every element of its float64
 * inputs; inputs of integers and bools are only passed on. While it runs, the inputs are changed in place and put back, so
 * that they may also be parameters that `fn` uses without taking them as arguments.
 *
 * Choose inputs away from kinks, such as that of relu at 0, where the slopes of the two sides differ.
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.html
 * @throws UsageError that says which input, which element, and both values, if a gradient is wrong; or if `fn` gives different
 * values for equal inputs.
 * @throws DTypeError if an input is float32, whose rounding would drown the differences, or an output is not float64.
 */
export function checkGradients(
  fn: (...x: Tensor[]) => Tensor | readonly Tensor[],
  inputs: readonly Tensor[],
  options: CheckGradientsOptions = {},
): void {
  const floats = inputs.filter((x, i) => checkInput(x, i));
  if (floats.length === 0) {
    throw new UsageError("checkGradients: there is no float64 input, so there are no gradients to check.");
  }
  const run = () => [fn(...inputs)].flat();
  const weights = noGrad(run).map((y, i) => weightsFor(y, i, options.seed ?? 0));
  if (weights.length === 0) throw new UsageError("checkGradients: the function returns no tensor.");
  const loss = () => weightedSum(run(), weights);
  compare("gradient", loss, inputs, inputs.length, options);
  if (!options.secondDerivatives) return;
  // Gradients are functions of the inputs and of the gradients that flow into the outputs: here, the weights.
  const gradients = () => [...valueAndGrad(loss, floats)[1].values()];
  const second = noGrad(gradients).map((y, i) => weightsFor(y, i, (options.seed ?? 0) + 1));
  const variables = [...inputs, ...weights];
  compare("second derivative", () => weightedSum(gradients(), second), variables, inputs.length, options);
}

function compare(
  what: string,
  loss: () => Tensor,
  variables: readonly Tensor[],
  inputCount: number,
  { eps = 1e-5, atol = 1e-6, rtol = 1e-5 }: CheckGradientsOptions,
): void {
  const evaluate = () => noGrad(() => loss().item());
  if (!Object.is(evaluate(), evaluate())) {
    throw new UsageError(
      "checkGradients: the function gives different values for equal inputs. Switch randomness (such as dropout) and state off.",
    );
  }
  const floats = variables.filter((x) => isFloat(x.dtype));
  const [, grads] = valueAndGrad(loss, floats);
  variables.forEach((x, i) => {
    const analytic = grads.get(x)?.data;
    if (!analytic) return;
    const numeric = differences(evaluate, x, eps);
    const isWrong = (n: number, at: number) => !(Math.abs(analytic[at]! - n) <= atol + rtol * Math.abs(n));
    const first = numeric.findIndex(isWrong);
    if (first < 0) return;
    const name = i < inputCount ? `input ${i}` : `the gradient of output ${i - inputCount}`;
    throw new UsageError(
      `checkGradients: the ${what} by ${name} at ${formatShape(placeOf(first, x.shape))} is ${analytic[first]}, but central ` +
        `differences give ${numeric[first]}: more apart than atol + rtol · |n| = ${atol} + ${rtol} · |n|. ` +
        `${numeric.filter(isWrong).length} of its ${x.size} elements are wrong.`,
    );
  });
}

/** The central differences by every element of x, which is put back afterwards. */
function differences(evaluate: () => number, x: Tensor, eps: number): Float64Array {
  const values = Float64Array.from(x.data);
  const at = (i: number, value: number) => {
    assign(x, fromData(values.with(i, value), x.shape, x.dtype));
    return evaluate();
  };
  try {
    return values.map((value, i) => (at(i, value + eps) - at(i, value - eps)) / (2 * eps));
  } finally {
    assign(x, fromData(values, x.shape, x.dtype));
  }
}

const weightedSum = (outputs: readonly Tensor[], weights: readonly Tensor[]): Tensor =>
  outputs.map((y, i) => sum(mul(y, weights[i]!))).reduce((total, part) => add(total, part));

/** Numbers between 0.5 and 1.5, as random as need be: none is so small that it would hide a wrong gradient. */
function weightsFor(y: Tensor, output: number, seed: number): Tensor {
  if (y.dtype !== "float64") {
    throw new DTypeError(
      `checkGradients: output ${output} is ${y.dtype}, but gradients are checked in float64. Leave outputs of integers and bools ` +
        `out; where float32 comes from inside the function, cast its tensors to float64.`,
    );
  }
  const weights = Float64Array.from(
    { length: y.size },
    (_, i) => 0.5 + fraction(Math.sin(i + 1 + 31 * output + 1009 * seed) * 43758.5453),
  );
  return fromData(weights, y.shape, "float64");
}

const fraction = (x: number): number => x - Math.floor(x);

function checkInput(x: Tensor, i: number): boolean {
  if (x.dtype === "float32") {
    throw new DTypeError(
      `checkGradients: input ${i} is float32, whose rounding would drown the differences. Use cast(x, "float64"), or make it with ` +
        `{ dtype: "float64" }.`,
    );
  }
  return isFloat(x.dtype);
}

const placeOf = (index: number, shape: Shape): number[] =>
  stridesOf(shape).map((stride, dim) => Math.floor(index / stride) % shape[dim]!);
