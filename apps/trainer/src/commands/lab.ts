import type { Command } from "commander";
import { runLab } from "../lab/lab.ts";
import { invocation } from "../terminal/invocation.ts";
import { eagerHelp } from "../training/executor.ts";
import { withInterrupt } from "../training/interrupt.ts";
import { wholeNumber } from "./option-parsers.ts";

interface LabCommandOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly eager?: boolean;
  readonly out: string;
}

export function addLabCommand(program: Command): void {
  program
    .command("lab")
    .description("Show a 1×1 convolution standing in for a dense layer, on real digits.")
    .showHelpAfterError(`Run \`${invocation()} lab --help\` to see all options.`)
    .option("--epochs <n>", "passes over the 9,000 training digits", wholeNumber(1), 3)
    .option("--seed <n>", "of weights, batches and places", wholeNumber(0), 0)
    .option("--eager", eagerHelp)
    .option("--out <file>", "where to write the report", "report.html")
    .action(async ({ eager = false, ...options }: LabCommandOptions) => {
      process.exitCode = await withInterrupt((interrupt) => runLab({ ...options, eager }, interrupt));
    });
}
