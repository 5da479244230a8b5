import { checkGradients, valueAndGrad } from "@pointwise/autograd";
import { detach, mul, ones, sum, type Tensor, tensor, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import * as layers from "../src/index.ts";
import { bceWithLogits, crossEntropy, huberLoss, l1Loss, mseLoss, type Reduction } from "../src/index.ts";
import { expectClose, float64, int32, readFixtures, type Saved } from "./fixtures.ts";

interface LossFixture {
  readonly name: string;
  readonly options: Readonly<Record<string, number | string | Saved>>;
  readonly input: Saved;
  readonly target: Saved;
  readonly output: Saved;
  readonly weights: Saved;
  readonly inputGrad: Saved;
}

type Loss = (input: Tensor, target: Tensor, options: object) => Tensor;
const losses: Readonly<Record<string, Loss>> = { bceWithLogits, crossEntropy, huberLoss, l1Loss, mseLoss };

/** As the fixtures' options, with tensors where they are saved. */
const optionsOf = ({ options }: LossFixture): object =>
  Object.fromEntries(Object.entries(options).map(([k, v]) => [k, typeof v === "object" ? float64(v) : v]));

const fixtures = readFixtures<LossFixture[]>("losses");
const titled = fixtures.map((fixture, i) => ({
  title: `${fixture.name} ${i}: ${Object.entries(fixture.options)
    .map(([k, v]) => (typeof v === "object" ? k : `${k} ${v}`))
    .join(", ")}`,
  fixture,
}));

test("every loss that is exported has fixtures", () => {
  const exported = Object.keys(layers).filter((name) => /Loss$|Entropy$|Logits$/.test(name));
  expect(new Set(fixtures.map(({ name }) => name))).toEqual(new Set(exported));
  expect(Object.keys(losses)).toEqual(exported);
});

describe.each(titled)("$title", ({ fixture }) => {
  const loss = (x: Tensor) => {
    const target = fixture.name === "crossEntropy" ? int32(fixture.target) : float64(fixture.target);
    return losses[fixture.name]!(x, target, optionsOf(fixture));
  };

  test("gives PyTorch's values and gradients", () => {
    const x = float64(fixture.input);
    const [, grads] = valueAndGrad(() => {
      const y = loss(x);
      expectClose(y, fixture.output, "loss");
      return sum(mul(y, float64(fixture.weights)));
    }, [x]);
    expectClose(grads.get(x)!, fixture.inputGrad, "gradient");
  });

  test("has the gradients that finite differences give", () => {
    checkGradients(loss, [detach(float64(fixture.input))], { secondDerivatives: true, rtol: 1e-4 });
  });
});

test("crossEntropy of float32 logits is float32, and its mean over ignored labels only is NaN, as in PyTorch", () => {
  const label = tensor(Int32Array.of(-1));
  const loss = crossEntropy(zeros([1, 3]), label, { ignoreIndex: -1 });
  expect(loss.dtype).toBe("float32");
  expect(loss.item()).toBeNaN();
});

describe("errors", () => {
  const labels = (...values: number[]) => tensor(Int32Array.from(values));
  test.each<[string, () => unknown, RegExp]>([
    ["label out of range", () => crossEntropy(zeros([2, 3]), labels(0, 3)), /label 3 at .*out of range.*0 to 2/],
    ["negative label", () => crossEntropy(zeros([2, 3]), labels(0, -100)), /label -100/],
    [
      "one-hot",
      () => crossEntropy(zeros([2, 3]), zeros([2, 3])),
      /indices \[2\] for logits \[2, 3\].*argmax\(target, 1\)/,
    ],
    [
      "labels for pixels",
      () => crossEntropy(zeros([2, 3, 4, 4]), labels(0, 1)),
      /need a target \[2, 4, 4\].*but got \[2\]/,
    ],
    [
      "float labels",
      () => crossEntropy(zeros([2, 3]), zeros([2])),
      /int32 class indices.*float32.*cast\(target, "int32"\)/,
    ],
    ["int logits", () => crossEntropy(zeros([2, 3], { dtype: "int32" }), labels(0, 1)), /logits must be float32/],
    ["vector logits", () => crossEntropy(zeros([3]), zeros([], { dtype: "int32" })), /logits must be \[N, C\]/],
    ["weights", () => crossEntropy(zeros([2, 3]), labels(0, 1), { weight: ones([2]) }), /weight must be \[3\].*\[2\]/],
    ["smoothing", () => crossEntropy(zeros([2, 3]), labels(0, 1), { labelSmoothing: 2 }), /between 0 and 1, but is 2/],
    ["reduction", () => mseLoss(zeros([2]), zeros([2]), { reduction: "average" as Reduction }), /"average"/],
    ["column with row", () => mseLoss(zeros([2, 1]), zeros([2])), /\[2, 1\] and \[2\].*reshape\(target, \[2, 1\]\)/],
    ["shapes", () => l1Loss(zeros([2, 1]), zeros([3])), /l1Loss: input and target must have one shape/],
    [
      "int input",
      () => bceWithLogits(zeros([2], { dtype: "int32" }), zeros([2])),
      /bceWithLogits: the input must be float32/,
    ],
    ["delta", () => huberLoss(zeros([2]), zeros([2]), { delta: 0 }), /delta must be positive, but is 0/],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
