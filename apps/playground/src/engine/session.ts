import { backward, noGrad } from "@pointwise/autograd";
import { compile } from "@pointwise/compiler";
import { DataLoader, type Dataset } from "@pointwise/data";
import { crossEntropy, type Sequential } from "@pointwise/layers";
import type { Schedule } from "@pointwise/optimizers";
import { argmax, eq, Rng, sum, type Tensor, UsageError } from "@pointwise/tensor";
import { buildModel } from "../blocks/build-model.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { createOptimizer } from "./create-optimizer.ts";
import { createSchedule } from "./create-schedule.ts";
import type { TrainingData } from "./training-data.ts";
import { takeWeights, type Weights } from "./weights.ts";

/** The score on the held-out samples. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** What a piece of work has brought. */
export type TrainingEvent =
  | {
      readonly kind: "step";
      readonly step: number;
      readonly loss: number;
      readonly accuracy: number;
      readonly lr: number;
    }
  /** A part of the held-out samples has been looked at. */
  | { readonly kind: "looking" }
  | { readonly kind: "scored"; readonly step: number; readonly score: Score };

export interface LastBatch {
  readonly step: number;
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Held-out samples that are looked at in one go: some milliseconds of work. */
export const slice = 125;

/** Batches after which the held-out samples are looked at, or all of an epoch if there are fewer. */
const scoreEvery = 50;

/** A training from its beginning: a model, its compiled step, and the work in small pieces, so that it can pause at once. */
export class Session {
  readonly experiment: Experiment;
  readonly data: TrainingData;
  readonly model: Sequential;
  /** That of the experiment, or all samples if there are fewer. Batches are full: a smaller one at an epoch's end is left out. */
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Class scores [N, classes] of normalised samples, in evaluation mode. */
  readonly logitsOf: (x: Tensor) => Tensor;
  /** All of the training, a piece of work at each `next()`. It throws UsageError when the loss is no finite number any more. */
  readonly work: Iterator<TrainingEvent, void, void>;
  /** The file whose weights the training begins with, where they are not drawn by the seed. */
  readonly weightsFile: string | undefined;
  private readonly optimizer: ReturnType<typeof createOptimizer>;
  private readonly schedule: Schedule | undefined;
  private last: LastBatch | undefined;

  /** @throws PointwiseError that says what of the experiment cannot be, or what of the weights does not fit it */
  constructor(experiment: Experiment, data: TrainingData, weights?: Weights) {
    this.experiment = experiment;
    this.data = data;
    this.model = buildModel(experiment.blocks, data.inputShape, data.classes.length, new Rng(experiment.seed));
    this.batchSize = Math.min(experiment.batchSize, data.train.length);
    this.stepsPerEpoch = Math.floor(data.train.length / this.batchSize);
    this.totalSteps = this.stepsPerEpoch * experiment.epochs;
    const { model } = this;
    if (model.parameters().length === 0) {
      throw new UsageError("No block has weights, so there is nothing to train. Add a dense block or a convolution.");
    }
    if (weights) takeWeights(model, weights);
    this.weightsFile = weights?.file;
    const forward = compile(function logits(x: Tensor) {
      return noGrad(() => model.forward(x));
    });
    this.logitsOf = (x) => inEvaluation(model, () => forward(x));
    this.optimizer = createOptimizer(experiment, model.parameters());
    this.schedule = createSchedule(experiment, this.optimizer, this.totalSteps);
    this.work = this.train();
  }

  /** What the last step was made on; nothing before the first one. */
  get lastBatch(): LastBatch | undefined {
    return this.last;
  }

  private *train(): Generator<TrainingEvent, void, void> {
    const { experiment, data, model, batchSize, totalSteps, optimizer, schedule } = this;
    const trainStep = compile(function trainStep(x: Tensor, y: Tensor) {
      const logits = model.forward(x);
      const loss = crossEntropy(logits, y);
      optimizer.step(backward(loss, model.parameters()));
      return { loss, correct: sum(eq(argmax(logits, 1), y)) };
    });
    const rng = new Rng(`batches ${experiment.seed}`);
    const batches = new DataLoader(data.train, { batchSize, shuffle: true, rng, dropLast: true });
    const every = Math.min(scoreEvery, this.stepsPerEpoch);
    for (let step = 0; step < totalSteps; ) {
      for (const [x, y] of batches) {
        const lr = optimizer.groups[0]!.lr;
        const result = trainStep(x, y);
        const loss = result.loss.item();
        schedule?.step();
        step++;
        this.last = { step, x, y };
        checkLoss(loss, step);
        yield { kind: "step", step, loss, accuracy: result.correct.item() / batchSize, lr };
        if (step % every === 0 || step === totalSteps)
          yield { kind: "scored", step, score: yield* this.score(data.test) };
      }
    }
  }

  private *score(samples: Dataset): Generator<TrainingEvent, Score, void> {
    let [loss, correct] = [0, 0];
    for (const [x, y] of new DataLoader(samples, { batchSize: slice })) {
      const logits = this.logitsOf(x);
      loss += crossEntropy(logits, y, { reduction: "sum" }).item();
      correct += sum(eq(argmax(logits, 1), y)).item();
      yield { kind: "looking" };
    }
    return { loss: loss / samples.length, accuracy: correct / samples.length };
  }
}

export function inEvaluation<T>(model: Sequential, fn: () => T): T {
  model.eval();
  try {
    return fn();
  } finally {
    model.train();
  }
}

function checkLoss(loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new UsageError(
    `At step ${step} the loss was ${loss}, no finite number any more: the weights have grown beyond all bounds. Lower the learning rate, or normalise between the blocks.`,
  );
}
