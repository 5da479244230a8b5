import { DataLoader, type Dataset } from "@pointwise/data";
import type { Tensor } from "@pointwise/tensor";
import { formatNumber } from "../terminal/format.ts";
import { createProgress } from "../terminal/progress.ts";
import { type RunConfig, rateName } from "./config.ts";
import { explainDivergence } from "./divergence.ts";
import type { Evaluation, Evaluator } from "./evaluator.ts";
import { breathe, type Interrupt } from "./interrupt.ts";
import { appendMetrics, type Metrics } from "./metrics-log.ts";
import type { RunFolder } from "./run-folder.ts";
import type { TrainStep } from "./train-step.ts";
import { epochStart, type TrainingState } from "./training-state.ts";

export interface FitOptions {
  readonly run: RunFolder;
  readonly config: RunConfig;
  readonly state: TrainingState;
  readonly step: TrainStep;
  readonly evaluator: Evaluator;
  readonly train: Dataset;
  readonly validation: Dataset;
  /** Changes a training batch at random. */
  readonly augment: ((x: Tensor) => Tensor) | undefined;
  readonly interrupt: Interrupt;
  /** Told after each epoch. */
  readonly onEpoch: (metrics: Extract<Metrics, { event: "epoch" }>) => void;
}

export type FitOutcome = "all epochs" | "no improvement" | "interrupted";

/**
 * Trains until the epochs are over, the validation loss has not become lower for `patience` epochs, or the user interrupts. The run's
 * folder has the best weights and the whole state after each epoch, and after an interruption.
 * @throws UsageError if the loss becomes NaN or infinite
 */
export async function fit(options: FitOptions): Promise<FitOutcome> {
  const { run, config, state, interrupt } = options;
  const { position } = state;
  while (!isFinished(config, state)) {
    const validated = (await trainEpoch(options)) && (await validate(options));
    if (!validated) {
      run.writeCheckpoint("last", state.checkpoint());
      return "interrupted";
    }
    finishEpoch(options, validated);
    if (interrupt.signal && !isFinished(config, state)) return "interrupted";
  }
  return position.epoch < config.epochs ? "no improvement" : "all epochs";
}

export function isFinished({ epochs, patience }: RunConfig, { position }: TrainingState): boolean {
  return position.epoch >= epochs || (patience > 0 && position.epoch - position.bestEpoch >= patience);
}

/** The rest of the current epoch. @returns false if interrupted */
async function trainEpoch(options: FitOptions): Promise<boolean> {
  const { run, config, state, step, train, augment, interrupt } = options;
  const { position } = state;
  state.markEpochStart();
  const loader = new DataLoader(train, { batchSize: config.batchSize, shuffle: true, rng: state.streams.shuffle });
  const progress = createProgress(`epoch ${position.epoch + 1}/${config.epochs}`, train.length, position.samples);
  const [began, samplesBefore, secondsBefore] = [performance.now(), position.samples, position.seconds];
  let batch = 0;
  try {
    for (const [x, y] of loader) {
      if (batch++ < position.batch) continue; // done before the run was interrupted
      state.weightsBefore.copy();
      const result = step(augment ? augment(x) : x, y);
      const loss = result.loss.item();
      if (!Number.isFinite(loss)) {
        const where = `loss of batch ${batch} of ${loader.length} in epoch ${position.epoch + 1}`;
        throw explainDivergence(run, config, state, where, loss);
      }
      state.weightsBefore.confirm();
      state.schedule.afterBatch();
      position.batch = batch;
      position.samples += y.size;
      position.lossSum += loss * y.size;
      position.correct += result.correct.item();
      const seconds = (performance.now() - began) / 1000;
      position.seconds = secondsBefore + seconds;
      progress.update(position.samples, {
        loss: formatNumber(position.lossSum / position.samples),
        [rateName(config)]: ((position.samples - samplesBefore) / seconds).toFixed(0),
      });
      await breathe();
      if (interrupt.signal) return false;
    }
  } finally {
    progress.stop();
  }
  return true;
}

async function validate(options: FitOptions): Promise<Evaluation | undefined> {
  const { run, config, state, evaluator, validation, interrupt } = options;
  const result = await evaluator.evaluate("validation", validation, interrupt);
  if (result && !Number.isFinite(result.loss)) {
    throw explainDivergence(run, config, state, `validation loss after epoch ${state.position.epoch + 1}`, result.loss);
  }
  return result;
}

function finishEpoch({ run, config, state, onEpoch }: FitOptions, validated: Evaluation): void {
  const { position } = state;
  const { samples, lossSum, correct, seconds } = position;
  Object.assign(position, epochStart);
  position.epoch++;
  const best = position.bestLoss === null || validated.loss < position.bestLoss;
  if (best) Object.assign(position, { bestLoss: validated.loss, bestEpoch: position.epoch });
  state.schedule.afterEpoch(validated.loss);
  const metrics = {
    event: "epoch",
    epoch: position.epoch,
    trainLoss: lossSum / samples,
    trainAccuracy: correct / samples,
    validationLoss: validated.loss,
    validationAccuracy: validated.accuracy,
    lr: state.optimizer.lr,
    seconds,
    samplesPerSecond: samples / seconds,
    best,
  } as const;
  if (best)
    run.writeCheckpoint("best", {
      tensors: state.model.stateDict(),
      metadata: { format: "pt", model: config.model, epoch: String(position.epoch) },
    });
  appendMetrics(run.file("metrics.jsonl"), metrics);
  run.writeCheckpoint("last", state.checkpoint());
  onEpoch(metrics);
}
