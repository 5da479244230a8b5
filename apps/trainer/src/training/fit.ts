import { DataLoader, type Dataset } from "@pointwise/data";
import type { Tensor } from "@pointwise/tensor";
import { formatNumber } from "../terminal/format.ts";
import { createProgress } from "../terminal/progress.ts";
import { saveBest } from "./best-weights.ts";
import { type RunConfig, rateName } from "./config.ts";
import { checkWeights, explainBadStep, explainBadValidation } from "./diagnosis/explain.ts";
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
  /** Seconds after which the state is saved within an epoch. */
  readonly checkpointEvery: number;
  readonly interrupt: Interrupt;
  /** Told after each epoch, with the time that its batches took this process. */
  readonly onEpoch: (metrics: Extract<Metrics, { event: "epoch" }>, time: EpochTime) => void;
}

export interface EpochTime {
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

export type FitOutcome = "all epochs" | "no improvement" | "interrupted";

/**
 * Trains until the epochs are over, the validation loss has not become lower for `patience` epochs, or the user interrupts. The run's
 * folder has the best weights and the whole state after each epoch, now and then within one, and after an interruption.
 * @throws UsageError if there is a NaN or an infinity in a loss, a gradient or the weights: the folder's checkpoints are from before
 */
export async function fit(options: FitOptions): Promise<FitOutcome> {
  const { config, state, interrupt } = options;
  const { position } = state;
  while (!isFinished(config, state)) {
    const time = await trainEpoch(options);
    const validated = time && (await validate(options));
    if (!validated) {
      save(options);
      return "interrupted";
    }
    finishEpoch(options, validated, time);
    if (interrupt.signal && !isFinished(config, state)) return "interrupted";
  }
  return position.epoch < config.epochs ? "no improvement" : "all epochs";
}

export function isFinished({ epochs, patience }: RunConfig, { position }: TrainingState): boolean {
  return position.epoch >= epochs || (patience > 0 && position.epoch - position.bestEpoch >= patience);
}

/** The rest of the current epoch. @returns `undefined` if interrupted */
async function trainEpoch(options: FitOptions): Promise<EpochTime | undefined> {
  const { config, state, step, train, augment, checkpointEvery, interrupt } = options;
  const { position } = state;
  state.markEpochStart();
  const loader = new DataLoader(train, { batchSize: config.batchSize, shuffle: true, rng: state.streams.shuffle });
  const progress = createProgress(`epoch ${position.epoch + 1}/${config.epochs}`, train.length, position.samples);
  const [began, samplesBefore] = [performance.now(), position.samples];
  let saved = began;
  let time: EpochTime = { seconds: 0, samplesPerSecond: 0 };
  let batch = 0;
  try {
    for (const [x, y] of loader) {
      if (batch++ < position.batch) continue; // done before the run was interrupted
      state.weightsBefore.copy();
      const input = augment ? augment(x) : x;
      const result = step(input, y);
      const [loss, gradient] = [result.loss.item(), result.gradient.item()];
      if (!Number.isFinite(loss) || !Number.isFinite(gradient)) {
        const where = `batch ${batch} of ${loader.length} in epoch ${position.epoch + 1} is`;
        const what = Number.isFinite(loss) ? `The gradient of ${where} ${gradient}` : `The loss of ${where} ${loss}`;
        throw explainBadStep(options, what, input, y);
      }
      state.weightsBefore.confirm();
      state.schedule.afterBatch();
      position.batch = batch;
      position.samples += y.size;
      position.lossSum += loss * y.size;
      position.correct += result.correct.item();
      const now = performance.now();
      const seconds = (now - began) / 1000;
      time = { seconds, samplesPerSecond: (position.samples - samplesBefore) / seconds };
      progress.update(position.samples, {
        loss: formatNumber(position.lossSum / position.samples),
        [rateName(config)]: time.samplesPerSecond.toFixed(0),
      });
      if (now - saved >= 1000 * checkpointEvery) {
        save(options);
        saved = performance.now();
      }
      await breathe();
      if (interrupt.signal) return undefined;
    }
  } finally {
    progress.stop();
  }
  return time;
}

async function validate(options: FitOptions): Promise<Evaluation | undefined> {
  const { state, evaluator, validation, interrupt } = options;
  const result = await evaluator.evaluate("validation", validation, interrupt);
  if (!result || Number.isFinite(result.loss)) return result;
  throw explainBadValidation(options, `The validation loss after epoch ${state.position.epoch + 1} is ${result.loss}`);
}

function finishEpoch(options: FitOptions, validated: Evaluation, time: EpochTime): void {
  const { run, state, onEpoch } = options;
  const { position } = state;
  const { samples, lossSum, correct } = position;
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
    best,
  } as const;
  if (best) saveBest(options);
  appendMetrics(run.file("metrics.jsonl"), metrics);
  save(options);
  onEpoch(metrics, time);
}

/** The whole state. Weights that no training can go on from are refused, so that the checkpoint stays that was saved before. */
function save(options: FitOptions): void {
  checkWeights(options);
  options.run.writeLast(options.state.checkpoint());
}
