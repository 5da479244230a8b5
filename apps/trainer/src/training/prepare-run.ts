import { resolve } from "node:path";
import type { Dataset, Transform } from "@pointwise/data";
import { UsageError } from "@pointwise/tensor";
import type { LoadedDataset } from "../datasets/index.ts";
import { checkBest } from "./best-weights.ts";
import type { RunConfig } from "./config.ts";
import { optimizerDefaults } from "./create-optimizer.ts";
import { spansEpochs } from "./create-schedule.ts";
import { Evaluator } from "./evaluator.ts";
import { chooseExecutor } from "./executor.ts";
import { isFinished } from "./fit.ts";
import { inspectData } from "./inspect-data.ts";
import { hasTest, rewindMetrics } from "./metrics-log.ts";
import { dataConfig, loadData, loadRunData } from "./run-data.ts";
import { RunFolder } from "./run-folder.ts";
import type { TrainOptions } from "./train-options.ts";
import { createTrainStep, type TrainStep } from "./train-step.ts";
import { augmentation, splitValidation } from "./training-data.ts";
import { randomStreams, TrainingState } from "./training-state.ts";

/** All that training needs. */
export interface PreparedRun {
  readonly run: RunFolder;
  readonly config: RunConfig;
  readonly state: TrainingState;
  /** These two train and judge the state's model. */
  readonly step: TrainStep;
  readonly evaluator: Evaluator;
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
  /** Where the samples come from: a sentence. */
  readonly source: string;
  readonly augment: Transform | undefined;
  /** What may make the training worse than it need be, or is not as it was left: sentences. */
  readonly warnings: readonly string[];
}

/**
 * Reads the data, makes the model and, when all that has worked, the folder. Other processes cannot write to it until `run.close()`.
 * @throws PointwiseError that explains what does not fit
 */
export async function startRun(options: TrainOptions): Promise<PreparedRun> {
  const out = options.out ?? RunFolder.free(`${options.model}-${options.dataset}`);
  RunFolder.checkFree(out);
  const dataDir = options.dataDir === undefined ? null : resolve(options.dataDir);
  const dataset = await loadData(options.dataset, dataDir, options.seed);
  const defaults = optimizerDefaults[options.optimizer];
  const config: RunConfig = {
    model: options.model,
    dataset: options.dataset,
    dataDir,
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer: options.optimizer,
    lr: options.lr ?? defaults.lr,
    weightDecay: options.weightDecay ?? defaults.weightDecay,
    momentum: options.momentum ?? defaults.momentum,
    schedule: options.schedule,
    clipNorm: options.clipNorm ?? null,
    augment: options.augment ?? false,
    seed: options.seed,
    eager: options.eager ?? false,
    patience: options.patience,
    data: dataConfig(dataset),
  };
  const parts = prepare(config, dataset);
  const run = RunFolder.create(out);
  run.writeConfig(config);
  return { run, config, ...parts };
}

/**
 * Takes up a run where it was saved. Other processes cannot write to its folder until `run.close()`.
 * @throws PointwiseError if there is no such run, if it is finished, or if its files are damaged
 */
export async function resumeRun(
  path: string,
  changes: Partial<Pick<RunConfig, "epochs" | "patience">>,
): Promise<PreparedRun> {
  const run = RunFolder.openToTrain(path);
  try {
    return await resumeIn(run, changes);
  } catch (error) {
    run.close();
    throw error;
  }
}

async function resumeIn(
  run: RunFolder,
  changes: Partial<Pick<RunConfig, "epochs" | "patience">>,
): Promise<PreparedRun> {
  const { path } = run;
  const before = run.readConfig();
  const config = { ...before, ...changes };
  if (config.epochs !== before.epochs && spansEpochs(before.schedule)) {
    throw new UsageError(
      `The run in ${path} has the schedule ${before.schedule}, which is laid out for its ${before.epochs} epochs: their number cannot change. ` +
        "Leave out --epochs, or start a new run.",
    );
  }
  const parts = prepare(config, await loadRunData(config, config.dataDir));
  // Without one the run was stopped before anything was saved, and begins again.
  const last = run.readLast();
  if (last) parts.state.restore(last.checkpoint, last.file);
  const lostBest = checkBest({ run, config, state: parts.state });
  if (!lostBest && isFinished(config, parts.state) && hasTest(run.file("metrics.jsonl"))) {
    const { epoch, bestEpoch } = parts.state.position;
    throw new UsageError(
      epoch >= config.epochs
        ? `The run in ${path} has done its ${config.epochs} epochs. Give it more with --epochs, or look at it with evaluate.`
        : `The run in ${path} stopped after epoch ${epoch}, since the validation loss had not become lower from epoch ${bestEpoch} on. ` +
            "Give it more --patience, or look at it with evaluate.",
    );
  }
  rewindMetrics(run.file("metrics.jsonl"), parts.state.position.epoch);
  run.writeConfig(config);
  const found = [last?.warning, lostBest].filter((warning) => warning !== undefined);
  return { run, config, ...parts, warnings: [...found, ...parts.warnings] };
}

function prepare(config: RunConfig, dataset: LoadedDataset): Omit<PreparedRun, "run" | "config"> {
  const { split, ...streams } = randomStreams(config.seed);
  const [train, validation] = splitValidation(dataset, split);
  const warnings = inspectData(dataset, { train, validation, test: dataset.test });
  const state = new TrainingState(config, streams, Math.ceil(train.length / config.batchSize));
  const augment = config.augment ? augmentation(dataset, streams.augment) : undefined;
  const execute = chooseExecutor(config);
  const step = createTrainStep(state, config.clipNorm, execute);
  const evaluator = new Evaluator(state.model, dataset.classes.length, execute);
  const { test, source } = dataset;
  return { state, step, evaluator, train, validation, test, source, augment, warnings };
}
