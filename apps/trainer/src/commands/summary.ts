import { resolve } from "node:path";
import { Rng } from "@pointwise/tensor";
import { type Command, Option } from "commander";
import { type DatasetName, datasetNames } from "../datasets/index.ts";
import { createModel, type ModelName, modelNames } from "../models/index.ts";
import { invocation } from "../terminal/invocation.ts";
import { loadData } from "../training/run-data.ts";
import { oneOf, shape, wholeNumber } from "./option-parsers.ts";

interface SummaryOptions {
  readonly model: ModelName;
  readonly dataset: DatasetName;
  readonly dataDir?: string;
  readonly input?: number[];
  readonly classes: number;
}

export function addSummaryCommand(program: Command): void {
  program
    .command("summary")
    .description("print a model's layers: shapes, parameters as formulas, operations, memory")
    .showHelpAfterError(`Run \`${invocation()} summary --help\` to see all options.`)
    .option("--model <name>", modelNames.join(", "), oneOf(modelNames), "lenet")
    .option("--dataset <name>", `whose samples it is for: ${datasetNames.join(", ")}`, oneOf(datasetNames), "mnist")
    .option("--data-dir <path>", "where the data set's files are, for those that are not built in")
    .addOption(
      new Option("--input <shape>", "the shape of a sample instead of a data set, such as 3,64,64")
        .argParser(shape)
        .conflicts(["dataset", "dataDir"]),
    )
    .option("--classes <n>", "with --input", wholeNumber(1), 10)
    .action(summary);
}

async function summary(options: SummaryOptions, command: Command): Promise<void> {
  if (!options.input && command.getOptionValueSource("classes") === "cli") {
    command.error("error: --classes belongs to --input; a data set has its own.");
  }
  const { inputShape, classes } = options.input
    ? { inputShape: options.input, classes: options.classes }
    : await ofDataset(options);
  const model = createModel(options.model, { inputShape, classes, rng: new Rng(0) });
  process.stdout.write(`${model.summary(inputShape)}\n`);
}

async function ofDataset({ dataset, dataDir }: SummaryOptions) {
  const { inputShape, classes } = await loadData(dataset, dataDir === undefined ? null : resolve(dataDir), 0);
  return { inputShape, classes: classes.length };
}
