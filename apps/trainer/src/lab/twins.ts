import { DataLoader, type Dataset } from "@pointwise/data";
import type { Sequential } from "@pointwise/layers";
import { Adam, OneCycleLR } from "@pointwise/optimizers";
import { Rng, type Tensor, UsageError } from "@pointwise/tensor";
import { createProgress } from "../terminal/progress.ts";
import type { Executor } from "../training/executor.ts";
import { breathe, type Interrupt } from "../training/interrupt.ts";
import { createTrainStep, type TrainStep } from "../training/train-step.ts";
import {
  accuracyOf,
  confusionMatrix,
  createScorer,
  type Mistake,
  type Score,
  type Scorer,
  worstMistakes,
} from "./scores.ts";
import { createTwinModels, type LayerCosts, layerCosts } from "./twin-models.ts";

/** How a twin was trained, and how well it does. */
export interface TwinResult {
  readonly name: string;
  readonly costs: readonly LayerCosts[];
  /** Of every batch, before its step. */
  readonly losses: readonly number[];
  /** Of every batch, before its step: the part that is right. */
  readonly accuracies: readonly number[];
  /** Accuracies on the held-out digits on the way, at the end too. */
  readonly checks: readonly { readonly epoch: number; readonly accuracy: number }[];
  /** Of its own steps alone. */
  readonly seconds: number;
  /** On the held-out digits, after the last step. */
  readonly accuracy: number;
  /** `confusion[truth][predicted]` counts held-out digits. */
  readonly confusion: readonly (readonly number[])[];
  /** The worst, at the held-out digits. */
  readonly mistakes: readonly Mistake[];
}

export interface TrainedTwins {
  readonly models: ReturnType<typeof createTwinModels>;
  readonly results: readonly [dense: TwinResult, pointwise: TwinResult];
}

interface Data {
  readonly train: Dataset;
  readonly test: Dataset;
}

export const recipe = { batchSize: 64, maxLr: 0.01, checksPerEpoch: 2 } as const;

/**
 * Trains both twins at the same time on the same batches, each with an Adam and a one-cycle schedule of its own.
 * @returns `undefined` if the user interrupts
 * @throws UsageError if a loss is no finite number
 */
export async function trainTwins(
  data: Data,
  { seed, epochs, execute }: { readonly seed: number; readonly epochs: number; readonly execute: Executor },
  interrupt: Interrupt,
): Promise<TrainedTwins | undefined> {
  const models = createTwinModels(seed);
  const rng = new Rng(seed).split();
  const loader = new DataLoader(data.train, { batchSize: recipe.batchSize, shuffle: true, rng, dropLast: true });
  const steps = loader.length * epochs;
  const dense = new Learner("dense head", models.dense, steps, execute);
  const pointwise = new Learner("1×1 head", models.pointwise, steps, execute);
  const checkEvery = Math.ceil(loader.length / recipe.checksPerEpoch);
  const progress = createProgress("training both twins", steps);
  try {
    for (let done = 0; done < steps; ) {
      for (const [x, y] of loader) {
        for (const learner of [dense, pointwise]) learner.step(x, y);
        done++;
        const isCheck = done % loader.length === 0 || (done % loader.length) % checkEvery === 0;
        if (isCheck) for (const learner of [dense, pointwise]) learner.check(done / loader.length, data.test);
        progress.update(done, {
          "loss: dense": dense.recentLoss().toFixed(3),
          "1×1": pointwise.recentLoss().toFixed(3),
        });
        await breathe();
        if (interrupt.signal) return undefined;
      }
    }
  } finally {
    progress.stop();
  }
  return { models, results: [dense.result(data.test), pointwise.result(data.test)] };
}

class Learner {
  private readonly name: string;
  private readonly model: Sequential;
  private readonly trainStep: TrainStep;
  private readonly score: Scorer;
  private readonly schedule: OneCycleLR;
  private readonly losses: number[] = [];
  private readonly accuracies: number[] = [];
  private readonly checks: { epoch: number; accuracy: number }[] = [];
  private readonly steps: number;
  /** Of the last check. */
  private scores: readonly Score[] = [];
  private milliseconds = 0;

  constructor(name: string, model: Sequential, steps: number, execute: Executor) {
    this.name = name;
    this.model = model.train();
    this.steps = steps;
    const optimizer = new Adam(model.parameters());
    this.trainStep = createTrainStep({ model, optimizer }, null, execute);
    this.score = createScorer(model, execute);
    this.schedule = new OneCycleLR(optimizer, { maxLr: recipe.maxLr, totalSteps: steps });
  }

  step(x: Tensor, y: Tensor): void {
    const began = performance.now();
    const result = this.trainStep(x, y);
    const loss = result.loss.item();
    if (!Number.isFinite(loss)) {
      throw new UsageError(
        `The loss of the twin with the ${this.name} is ${loss} in step ${this.losses.length + 1}: training diverged. Try another --seed.`,
      );
    }
    this.losses.push(loss);
    this.accuracies.push(result.correct.item() / y.size);
    if (this.losses.length < this.steps) this.schedule.step();
    this.milliseconds += performance.now() - began;
  }

  check(epoch: number, heldOut: Dataset): void {
    this.scores = this.score(heldOut);
    this.checks.push({ epoch, accuracy: accuracyOf(this.scores) });
  }

  recentLoss(): number {
    const last = this.losses.slice(-20);
    return last.reduce((sum, loss) => sum + loss, 0) / last.length;
  }

  /** To be called after the check that follows the last step. */
  result(heldOut: Dataset): TwinResult {
    const { scores } = this;
    return {
      name: this.name,
      costs: layerCosts(this.model),
      losses: this.losses,
      accuracies: this.accuracies,
      checks: this.checks,
      seconds: this.milliseconds / 1000,
      accuracy: accuracyOf(scores),
      confusion: confusionMatrix(scores, 10),
      mistakes: worstMistakes(scores, heldOut, 8),
    };
  }
}
