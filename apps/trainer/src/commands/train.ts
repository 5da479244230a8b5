import type { Command } from "commander";
import { datasetNames } from "../datasets/index.ts";
import { modelNames } from "../models/index.ts";
import { invocation } from "../terminal/invocation.ts";
import { optimizerDefaults, optimizerNames } from "../training/create-optimizer.ts";
import { scheduleNames } from "../training/create-schedule.ts";
import { eagerHelp } from "../training/executor.ts";
import { resumeRun, startRun } from "../training/prepare-run.ts";
import { runTraining } from "../training/run-training.ts";
import type { TrainOptions } from "../training/train-options.ts";
import { numberBelow, oneOf, positiveNumber, wholeNumber } from "./option-parsers.ts";
import { refuseConflicts } from "./refuse-conflicts.ts";

export function addTrainCommand(program: Command): void {
  const lrs = Object.entries(optimizerDefaults).map(([name, { lr }]) => `${name} ${lr}`);
  program
    .command("train")
    .description("train a model, with validation after each epoch and a test at the end")
    .showHelpAfterError(`Run \`${invocation()} train --help\` to see all options.`)
    .option("--model <name>", modelNames.join(", "), oneOf(modelNames), "lenet")
    .option("--dataset <name>", datasetNames.join(", "), oneOf(datasetNames), "mnist")
    .option("--data-dir <path>", "where the data set's files are, for those that are not built in")
    .option("--epochs <n>", "passes over the training set", wholeNumber(1), 5)
    .option("--batch-size <n>", "samples a step", wholeNumber(1), 64)
    .option("--optimizer <name>", optimizerNames.join(", "), oneOf(optimizerNames), "adam")
    .option("--lr <rate>", `learning rate (default: ${lrs.join(", ")})`, positiveNumber)
    .option("--weight-decay <x>", "(default: 0; adamw 0.01)", numberBelow(Number.POSITIVE_INFINITY))
    .option("--momentum <x>", "for sgd and rmsprop (default: sgd 0.9, rmsprop 0)", numberBelow(1))
    .option("--schedule <name>", `of the learning rate: ${scheduleNames.join(", ")}`, oneOf(scheduleNames), "none")
    .option("--clip-norm <x>", "bound the norm of the gradient", positiveNumber)
    .option("--augment", "shift pictures at random, and mirror them where that makes sense")
    .option("--seed <n>", "the same seed gives the same run", wholeNumber(0), 0)
    .option("--patience <n>", "stop after so many epochs without a lower validation loss; 0: never", wholeNumber(0), 5)
    .option("--eager", eagerHelp)
    .option(
      "--checkpoint-every <s>",
      "seconds between saves within an epoch; 0: after each batch",
      numberBelow(Number.POSITIVE_INFINITY),
      30,
    )
    .option("--out <folder>", "a new folder for weights and metrics (default: runs/MODEL-DATASET)")
    .option("--resume <folder>", "go on with a run, bit for bit; --epochs and --patience may change")
    .action(async (options: TrainOptions, command: Command) => {
      refuseConflicts(options, command);
      const prepared =
        options.resume === undefined
          ? await startRun(options)
          : await resumeRun(options.resume, changes(options, command));
      try {
        process.exitCode = await runTraining(prepared, options.checkpointEvery);
      } finally {
        prepared.run.close();
      }
    });
}

/** Those of the options that a resumed run may change, where they were given. */
function changes({ epochs, patience }: TrainOptions, command: Command): { epochs?: number; patience?: number } {
  const given = (name: string) => command.getOptionValueSource(name) === "cli";
  return { ...(given("epochs") && { epochs }), ...(given("patience") && { patience }) };
}
