import { resolve } from "node:path";
import type { Dataset, Transform } from "@pointwise/data";
import { UsageError } from "@pointwise/tensor";
import type { LoadedDataset } from "../datasets/index.ts";
import type { RunConfig } from "./config.ts";
import { optimizerDefaults } from "./create-optimizer.ts";
import { spansEpochs } from "./create-schedule.ts";
import { Evaluator } from "./evaluator.ts";
import { chooseExecutor } from "./executor.ts";
import { isFinished } from "./fit.ts";
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
}

/**
 * Reads the data, makes the model and, when all that has worked, the folder.
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
 * Takes up a run where it was saved.
 * @throws PointwiseError if there is no such run, if it is finished, or if its files are damaged
 */
export async function resumeRun(
  path: string,
  changes: Partial<Pick<RunConfig, "epochs" | "patience">>,
): Promise<PreparedRun> {
  const run = RunFolder.open(path);
  const before = run.readConfig();
  const config = { ...before, ...changes };
  if (!run.has("last")) {
    throw new UsageError(`The run in ${path} stopped before anything was saved. Delete the folder, and start again.`);
  }
  if (config.epochs !== before.epochs && spansEpochs(before.schedule)) {
    throw new UsageError(
      `The run in ${path} has the schedule ${before.schedule}, which is laid out for its ${before.epochs} epochs: their number cannot change. ` +
        "Leave out --epochs, or start a new run.",
    );
  }
  const parts = prepare(config, await loadRunData(config, config.dataDir));
  parts.state.restore(run.readCheckpoint("last"), run.file("last.safetensors"));
  if (isFinished(config, parts.state)) {
    const { epoch, bestEpoch } = parts.state.position;
    throw new UsageError(
      epoch >= config.epochs
        ? `The run in ${path} has done its ${config.epochs} epochs. Give it more with --epochs, or look at it with evaluate.`
        : `The run in ${path} stopped after epoch ${epoch}, since the validation loss had not become lower from epoch ${bestEpoch} on. ` +
            "Give it more --patience, or look at it with evaluate.",
    );
  }
  run.writeConfig(config);
  return { run, config, ...parts };
}

function prepare(config: RunConfig, dataset: LoadedDataset): Omit<PreparedRun, "run" | "config"> {
  const { split, ...streams } = randomStreams(config.seed);
  const [train, validation] = splitValidation(dataset, split);
  const state = new TrainingState(config, streams, Math.ceil(train.length / config.batchSize));
  const augment = config.augment ? augmentation(dataset, streams.augment) : undefined;
  const execute = chooseExecutor(config);
  const step = createTrainStep(state, config.clipNorm, execute);
  const evaluator = new Evaluator(state.model, dataset.classes.length, execute);
  return { state, step, evaluator, train, validation, test: dataset.test, source: dataset.source, augment };
}
