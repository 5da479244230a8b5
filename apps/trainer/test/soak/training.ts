import { readFileSync } from "node:fs";
import { noGrad } from "@pointwise/autograd";
import { DataLoader, spiral, TensorDataset } from "@pointwise/data";
import { crossEntropy } from "@pointwise/layers";
import { Rng, type Tensor, tensor } from "@pointwise/tensor";
import { writeAtomically } from "../../src/files/write-atomically.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/training/checkpoint-file.ts";
import type { RunConfig } from "../../src/training/config.ts";
import { chooseExecutor } from "../../src/training/executor.ts";
import { hashTensors } from "../../src/training/hash-tensors.ts";
import { createTrainStep } from "../../src/training/train-step.ts";
import { randomStreams, TrainingState } from "../../src/training/training-state.ts";

type Training = Omit<RunConfig, "seed" | "eager">;

const spirals: Pick<Training, "dataset" | "data"> = {
  dataset: "spiral",
  data: { classes: ["first", "second", "third"], inputShape: [2], mean: [0], std: [1] },
};
const size = 8;
const pictures: Pick<Training, "dataset" | "data"> = {
  dataset: "mnist",
  data: { classes: ["across", "down", "both"], inputShape: [1, size, size], mean: [0], std: [1] },
};
const shared = {
  ...{ dataDir: null, epochs: 2, batchSize: 16, augment: false, patience: 0 },
  ...{ momentum: 0, weightDecay: 0, clipNorm: null },
} as const;

/** The models of the command line, with what a training can have. */
const mixed: readonly Training[] = [
  { ...shared, ...spirals, model: "mlp", optimizer: "rmsprop", lr: 0.003, momentum: 0.5, schedule: "cosine" },
  // Some of its convolutions are so large that eager mode takes the compiled kernels.
  { ...shared, ...pictures, model: "lenet", optimizer: "adam", lr: 0.003, schedule: "none", clipNorm: 1 },
  // Dropout.
  { ...shared, ...pictures, model: "nin", optimizer: "sgd", lr: 0.05, momentum: 0.9, schedule: "step" },
  // Batch normalisation.
  { ...shared, ...pictures, model: "resnet", optimizer: "adamw", lr: 0.003, weightDecay: 0.01, schedule: "one-cycle" },
  { ...shared, ...pictures, model: "conv1x1", optimizer: "sgd", lr: 0.05, weightDecay: 1e-4, schedule: "plateau" },
];
/** Each as it is run from a seed, in both modes. */
export const trainings = (seed: number): RunConfig[] =>
  mixed.flatMap((config) => [true, false].map((eager) => ({ ...config, seed, eager })));

export interface Outcome {
  /** Of each step, and of the evaluation after each epoch. */
  readonly losses: readonly number[];
  /** A hash of the final weights. */
  readonly weights: string;
}

/**
 * Trains a new model, and gives way after each step. After each epoch the model is judged, everything is saved to a file, and what goes on is another model, with
 * another optimizer and functions compiled anew, that knows of the first by the file only.
 */
export function* train(config: RunConfig, file: string): Generator<undefined, Outcome> {
  const data = makeData(config);
  const losses: number[] = [];
  let learner = begin(config, data.length);
  for (let epoch = 1; epoch <= config.epochs; epoch++) {
    const { state, step, judge } = learner;
    for (const [x, y] of new DataLoader(data, {
      batchSize: config.batchSize,
      shuffle: true,
      rng: state.streams.shuffle,
    })) {
      state.weightsBefore.copy();
      losses.push(step(x, y).loss.item());
      state.weightsBefore.confirm();
      state.schedule.afterBatch();
      yield;
    }
    const [x, y] = data.batch([...Array(data.length).keys()]);
    state.model.eval();
    losses.push(judge(x, y).item());
    state.model.train();
    state.schedule.afterEpoch(losses.at(-1)!);
    state.position.epoch++;
    writeAtomically(file, encodeCheckpoint(state.checkpoint()));
    learner = begin({ ...config, seed: config.seed + 1 }, data.length);
    learner.state.restore(decodeCheckpoint(readFileSync(file), file), file);
  }
  return { losses, weights: hashTensors(learner.state.model.stateDict()) };
}

export function trainToEnd(config: RunConfig, file: string): Outcome {
  const steps = train(config, file);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function begin(config: RunConfig, samples: number) {
  const { model, shuffle, augment } = randomStreams(config.seed);
  const state = new TrainingState(config, { model, shuffle, augment }, Math.ceil(samples / config.batchSize));
  const execute = chooseExecutor(config);
  const step = createTrainStep(state, config.clipNorm, execute);
  const judge = execute((x: Tensor, y: Tensor) => noGrad(() => crossEntropy(state.model.forward(x), y)));
  return { state, step, judge };
}

const samples = 48;

/** The same at each call: points on three arms, or lines across, down, or both, in noise. */
function makeData({ dataset }: RunConfig): TensorDataset {
  const rng = new Rng(7);
  if (dataset === "spiral") return spiral({ samples, rng });
  const pixels = rng.uniform([samples, 1, size, size]);
  for (let i = 0; i < samples; i++) {
    for (let place = 0; place < size; place++) {
      if (i % 3 !== 1) pixels.data[(i * size + (i % size)) * size + place]! += 1;
      if (i % 3 !== 0) pixels.data[(i * size + place) * size + (i % size)]! += 1;
    }
  }
  return new TensorDataset(pixels, tensor(Int32Array.from({ length: samples }, (_, i) => i % 3)));
}
