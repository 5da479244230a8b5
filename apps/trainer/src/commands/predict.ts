import { noGrad } from "@pointwise/autograd";
import { softmax, type Tensor } from "@pointwise/tensor";
import type { Command } from "commander";
import { readImage } from "../datasets/read-image.ts";
import { colors } from "../terminal/colors.ts";
import { formatPercent } from "../terminal/format.ts";
import { invocation } from "../terminal/invocation.ts";
import { displayWidth, pad } from "../terminal/width.ts";
import { chooseExecutor, eagerHelp } from "../training/executor.ts";
import { loadTrainedModel } from "../training/load-model.ts";
import { wholeNumber } from "./option-parsers.ts";

interface PredictOptions {
  readonly run: string;
  readonly top: number;
  readonly invert?: boolean;
  readonly eager?: boolean;
}

export function addPredictCommand(program: Command): void {
  program
    .command("predict")
    .description("say what a picture shows, with the best weights of a run")
    .argument("<image>", "a PNG file")
    .showHelpAfterError(`Run \`${invocation()} predict --help\` to see all options.`)
    .requiredOption("--run <folder>", "what `train --out` has written")
    .option("--top <n>", "how many classes to print", wholeNumber(1), 5)
    .option("--invert", "swap dark and light: MNIST's digits are light on dark, those on paper dark on light")
    .option("--eager", eagerHelp)
    .action(predict);
}

const widestBar = 30;

async function predict(image: string, { run, top, invert = false, eager = false }: PredictOptions): Promise<void> {
  const { config, model } = loadTrainedModel(run);
  const { classes } = config.data;
  const x = readImage(image, { ...config.data, invert });
  const execute = chooseExecutor({ eager });
  const classify = execute((picture: Tensor) => noGrad(() => softmax(model.forward(picture), 1)));
  const probabilities = classify(x).data;
  const ranked = classes
    .map((name, c) => ({ name, p: probabilities[c]! }))
    .sort((a, b) => b.p - a.p)
    .slice(0, top);
  const widest = Math.max(...ranked.map(({ name }) => displayWidth(name)));
  for (const { name, p } of ranked) {
    const bar = colors.cyan("█".repeat(Math.round(widestBar * p)));
    process.stdout.write(`${`${pad(name, widest)}  ${formatPercent(p).padStart(7)}  ${bar}`.trimEnd()}\n`);
  }
}
