import { valueAndGrad } from "@pointwise/autograd";
import {
  Conv1x1,
  Conv2d,
  crossEntropy,
  Flatten,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Sequential,
  Tanh,
} from "@pointwise/layers";
import { assign, Rng, type Shape, sizeOf, type Tensor, tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { Adam, type Optimizer } from "../src/index.ts";
import { readFixtures, wave } from "./fixtures.ts";
import { optimizers, valuesOf } from "./optimizer-cases.ts";

interface Training {
  readonly model: keyof typeof models;
  readonly optimizer: keyof typeof optimizers;
  readonly options: object;
  /** PyTorch's, before each of 20 steps. */
  readonly losses: readonly number[];
}

const classes = 3;
const batchSize = 16;
const batches = 4;

// The models, weights and batches of make_fixtures.py.
const models = {
  mlp: (rng: Rng): [Module, Shape] => [
    new Sequential(
      new Linear(6, 16, { rng }),
      new ReLU(),
      new Linear(16, 16, { rng }),
      new Tanh(),
      new Linear(16, classes, { rng }),
    ),
    [6],
  ],
  cnn: (rng: Rng): [Module, Shape] => [
    new Sequential(
      new Conv2d(1, 6, 3, { padding: 1, rng }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv1x1(6, 8, { rng }),
      new ReLU(),
      new Flatten(),
      new Linear(8 * 4 * 4, classes, { rng }),
    ),
    [1, 8, 8],
  ],
};

function setWeights(model: Module): void {
  model.parameters().forEach((p, i) => {
    const fanIn = p.rank > 1 ? sizeOf(p.shape.slice(1)) : 16;
    assign(p, wave(p.shape, 100 + i, "float32", Math.sqrt(3 / fanIn)));
  });
}

function makeBatch(batch: number, shape: Shape): [Tensor, Tensor] {
  const labels = Int32Array.from({ length: batchSize }, (_, i) => (i * 7 + batch * 5 + ((i * i) % 4)) % classes);
  const patterns = wave([classes, ...shape], 300).data;
  const noise = wave([batchSize, ...shape], 200 + batch).data;
  const size = sizeOf(shape);
  const pixels = noise.map((v, j) => patterns[labels[Math.floor(j / size)]! * size + (j % size)]! + 0.5 * v);
  return [tensor(pixels, { shape: [batchSize, ...shape], dtype: "float32" }), tensor(labels)];
}

function train(model: Module, optimizer: Optimizer, shape: Shape, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => {
    const [x, y] = makeBatch(step % batches, shape);
    const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(x), y), model.parameters());
    optimizer.step(grads);
    return loss.item();
  });
}

describe("PyTorch's loss curve from the same weights and batches", () => {
  const cases = readFixtures<Training[]>("training").map((it) => [`${it.model} with ${it.optimizer}`, it] as const);

  test.each(cases)("%s", (_, it) => {
    const [model, shape] = models[it.model](new Rng(0));
    setWeights(model);
    const losses = train(model, optimizers[it.optimizer](model.parameters(), it.options), shape, 20);
    expect(it.losses.at(-1)!).toBeLessThan(it.losses[0]! / 10); // or there would be little to match
    expect(losses.length).toBe(it.losses.length);
    losses.forEach((loss, step) => {
      expect(Math.abs(loss - it.losses[step]!), `step ${step}: ${loss}, PyTorch ${it.losses[step]}`).toBeLessThan(1e-4);
    });
  });
});

test.each(Object.keys(models) as (keyof typeof models)[])("the same seed trains to the same bits: %s", (name) => {
  const trained = (seed: number) => {
    const [model, shape] = models[name](new Rng(seed));
    train(model, new Adam(model.parameters(), { lr: 0.01 }), shape, 5);
    return valuesOf(model.parameters());
  };
  for (const seed of [1, 2, 3]) {
    expect(trained(seed)).toEqual(trained(seed));
    expect(trained(seed)).not.toEqual(trained(seed + 10));
  }
});
