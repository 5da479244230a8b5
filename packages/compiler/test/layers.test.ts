import { noGrad, valueAndGrad } from "@pointwise/autograd";
import { bceWithLogits, crossEntropy, Dropout, huberLoss, l1Loss, mseLoss } from "@pointwise/layers";
import { Adam, AdamW, clipGradNorm, clipGradValue, type Optimizer, RMSprop, SGD, StepLR } from "@pointwise/optimizers";
import { mean, mul, Rng, sum, type Tensor, tanh } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { readFixtures, type Saved } from "../../layers/test/fixtures.ts";
import { layerRows } from "../../layers/test/layer-rows.ts";
import { compile } from "../src/index.ts";
import { expectClose } from "./close-to.ts";

const inputShapes = new Map(
  readFixtures<readonly { readonly name: string; readonly inputs: readonly Saved[] }[]>("layers").map(
    ({ name, inputs }) => [name, inputs[0]!.shape],
  ),
);

describe.each(Object.keys(layerRows))("%s", (name) => {
  const shape = inputShapes.get(name)!;
  const drawInput = (rng: Rng) => (name === "Embedding" ? rng.randint(shape, 0, 5) : rng.normal(shape));

  /** A layer and its step: the output, gradients by the parameters (and by the input), over several inputs. */
  function run(initial: ReadonlyMap<string, Tensor>, training: boolean, wrap: typeof compile) {
    const layer = layerRows[name]!().train(training);
    layer.loadStateDict(initial);
    // The rows share one generator: both runs start from the same place of another.
    if (layer instanceof Dropout) layer.rng.loadStateDict(new Rng(13).stateDict());
    const parameters = layer.parameters();
    const forward = wrap((x: Tensor) => noGrad(() => layer.forward(x)));
    const step = wrap((x: Tensor) => {
      const wrt = name === "Embedding" ? parameters : [...parameters, x];
      if (wrt.length === 0) return [];
      const [loss, grads] = valueAndGrad(() => {
        const y = layer.forward(x);
        return mean(mul(y, tanh(y)));
      }, wrt);
      return [loss, ...wrt.map((p) => grads.get(p)!)];
    });
    const rng = new Rng(11);
    const results: Tensor[] = [];
    for (let i = 0; i < 3; i++) {
      const x = drawInput(rng);
      results.push(forward(x), ...step(x));
    }
    return [...results, ...layer.stateDict().values()];
  }

  test.each([true, false])("compiled as eager, training mode: %s", (training) => {
    const initial = layerRows[name]!().stateDict();
    // Parameters such as a norm's ones and zeros would hide mistakes.
    const rng = new Rng(12);
    const values = new Map(
      [...initial].map(([key, x]) => [
        key,
        x.dtype === "float32" && !key.includes("running") ? rng.uniform(x.shape, { low: 0.2, high: 0.9 }) : x,
      ]),
    );
    const eager: typeof compile = (fn) => Object.assign(fn, { explain: () => "" });
    expectClose(run(values, training, compile), run(values, training, eager));
  });
});

const labels = (rng: Rng) => rng.randint([7], 0, 5);
const losses: Readonly<Record<string, (x: Tensor, rng: Rng) => Tensor>> = {
  crossEntropy: (x, rng) => crossEntropy(x, labels(rng)),
  "crossEntropy, sum": (x, rng) => crossEntropy(x, labels(rng), { reduction: "sum" }),
  "crossEntropy, none": (x, rng) => crossEntropy(x, labels(rng), { reduction: "none" }),
  "crossEntropy, smoothing": (x, rng) => crossEntropy(x, labels(rng), { labelSmoothing: 0.1 }),
  "crossEntropy, weight, ignored labels": (x, rng) =>
    crossEntropy(x, labels(rng), { weight: rng.uniform([5]), ignoreIndex: 2 }),
  mseLoss: (x, rng) => mseLoss(x, rng.normal(x.shape)),
  "mseLoss, sum": (x, rng) => mseLoss(x, rng.normal(x.shape), { reduction: "sum" }),
  l1Loss: (x, rng) => l1Loss(x, rng.normal(x.shape)),
  huberLoss: (x, rng) => huberLoss(x, rng.normal(x.shape), { delta: 0.7 }),
  bceWithLogits: (x, rng) => bceWithLogits(x, rng.uniform(x.shape)),
};

test.each(Object.entries(losses))("%s: value and gradient", (_, loss) => {
  const x = new Rng(4).normal([7, 5]);
  // Targets are drawn in the function, by the same generator in both: within the program when it is compiled.
  const make = () => (input: Tensor) => {
    const rng = new Rng(9);
    const [value, grads] = valueAndGrad(() => {
      const each = loss(input, rng);
      return each.rank > 0 ? sum(mul(each, 0.5)) : each;
    }, [input]);
    return [value, grads.get(input)!];
  };
  expectClose(compile(make())(x), make()(x));
});

type Make = (params: readonly Tensor[]) => Optimizer;
const optimizers: Readonly<Record<string, Make>> = {
  SGD: (p) => new SGD(p, { lr: 0.1 }),
  "SGD, weight decay": (p) => new SGD(p, { lr: 0.1, weightDecay: 0.1 }),
  "SGD, momentum": (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }),
  "SGD, momentum, dampening": (p) => new SGD(p, { lr: 0.1, momentum: 0.9, dampening: 0.3 }),
  "SGD, nesterov": (p) => new SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  Adam: (p) => new Adam(p, { lr: 0.05 }),
  "Adam, betas, weight decay": (p) => new Adam(p, { lr: 0.05, betas: [0.5, 0.9], weightDecay: 0.1 }),
  AdamW: (p) => new AdamW(p, { lr: 0.05, weightDecay: 0.2 }),
  // Without a larger eps, a first gradient that happens to be near 0 is blown up along with its rounding.
  RMSprop: (p) => new RMSprop(p, { lr: 0.02, eps: 1e-2 }),
  "RMSprop, centered, momentum": (p) =>
    new RMSprop(p, { lr: 0.02, eps: 1e-2, centered: true, momentum: 0.8, weightDecay: 0.1 }),
};
type Clip = (grads: Map<Tensor, Tensor>) => Map<Tensor, Tensor>;
const clippings: Readonly<Record<string, Clip>> = {
  "not clipped": (grads) => grads,
  "clipped by norm": (grads) => clipGradNorm(grads, 0.1).grads,
  "clipped by largest magnitude": (grads) => clipGradNorm(grads, 0.05, { normType: Number.POSITIVE_INFINITY }).grads,
  "clipped by value": (grads) => clipGradValue(grads, 0.02),
};

describe.each(Object.entries(optimizers))("%s", (_, make) => {
  test.each(Object.entries(clippings))("%s: five steps, with a schedule between them", (_, clip) => {
    const train = (wrap: (step: (x: Tensor) => Tensor) => (x: Tensor) => Tensor) => {
      const rng = new Rng(21);
      const params = [rng.normal([3, 4]), rng.normal([4]), rng.normal([1])];
      const optimizer = make(params);
      const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.5 });
      const step = wrap((x) => {
        const [a, b, c] = params as [Tensor, Tensor, Tensor];
        const [loss, grads] = valueAndGrad(() => mean(tanh(x.matmul(a).add(b).mul(c)).square()), params);
        optimizer.step(clip(grads));
        return loss;
      });
      const values: Tensor[] = [];
      for (let i = 0; i < 5; i++) {
        values.push(step(rng.normal([6, 3])));
        schedule.step();
      }
      return [...values, ...params, ...optimizer.stateDict().values()];
    };
    const [compiled, eager] = [train((step) => compile(step)), train((step) => step)];
    expectClose(compiled, eager);
    expect(compiled.length).toBeGreaterThan(8);
  });
});
