import { resolve } from "node:path";
import type { Command } from "commander";
import { formatCount, formatNumber, formatPercent } from "../terminal/format.ts";
import { invocation } from "../terminal/invocation.ts";
import { formatTable } from "../terminal/table.ts";
import { type Evaluation, Evaluator } from "../training/evaluator.ts";
import { chooseExecutor, eagerHelp } from "../training/executor.ts";
import { loadTrainedModel } from "../training/load-model.ts";
import { loadRunData } from "../training/run-data.ts";

interface EvaluateOptions {
  readonly run: string;
  readonly dataDir?: string;
  readonly eager?: boolean;
}

export function addEvaluateCommand(program: Command): void {
  program
    .command("evaluate")
    .description("test a run's best weights, class by class")
    .showHelpAfterError(`Run \`${invocation()} evaluate --help\` to see all options.`)
    .requiredOption("--run <folder>", "what `train --out` has written")
    .option("--data-dir <path>", "where the data set's files are, if they have moved")
    .option("--eager", eagerHelp)
    .action(evaluate);
}

async function evaluate({ run, dataDir, eager = false }: EvaluateOptions): Promise<void> {
  const { config, model, epoch } = loadTrainedModel(run);
  const { classes } = config.data;
  const folder = dataDir === undefined ? config.dataDir : resolve(dataDir);
  const { test } = await loadRunData(config, folder);
  const evaluator = new Evaluator(model, classes.length, chooseExecutor({ eager }));
  const result = await evaluator.evaluate("test", test);
  const { accuracy, loss, samples } = result;
  const texts = [
    `${config.model} on ${config.dataset}, weights of epoch ${epoch}`,
    `accuracy ${formatPercent(accuracy)}, loss ${formatNumber(loss)}, ${formatCount(samples)} test samples`,
    classTable(classes, result),
    `Confusion matrix (rows: true class, columns: prediction)\n${confusionTable(classes, result)}`,
  ];
  process.stdout.write(`${texts.join("\n\n")}\n`);
}

function classTable(classes: readonly string[], { confusion }: Evaluation): string {
  const rows = classes.map((name, c) => {
    const hits = confusion[c]![c]!;
    const actual = sum(confusion[c]!);
    const predicted = sum(confusion.map((row) => row[c]!));
    const ratio = (of: number) => (of === 0 ? "–" : formatPercent(hits / of));
    const f1 = actual + predicted === 0 ? "–" : ((2 * hits) / (actual + predicted)).toFixed(3);
    return [name, ratio(predicted), ratio(actual), f1, formatCount(actual)];
  });
  const numbers = ["precision", "recall", "F1", "samples"].map((title) => ({ title, align: "right" }) as const);
  return formatTable([{ title: "class" }, ...numbers], rows);
}

/** Columns are numbered and close together: so ten classes fit into 60 columns of a terminal. */
function confusionTable(classes: readonly string[], { confusion }: Evaluation): string {
  const columns = classes.map((_, c) => ({ title: String(c), align: "right" }) as const);
  const label = (name: string, c: number) => (name === String(c) ? name : `${c} ${name}`);
  const rows = classes.map((name, c) => [label(name, c), ...confusion[c]!.map((n) => (n === 0 ? "·" : String(n)))]);
  return formatTable([{ title: "" }, ...columns], rows, 1);
}

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
