import type { Command } from "commander";
import { runLab } from "../lab/lab.ts";
import { withInterrupt } from "../training/interrupt.ts";
import { wholeNumber } from "./option-parsers.ts";

export function addLabCommand(program: Command): void {
  program
    .command("lab")
    .description("show a 1×1 convolution standing in for a dense layer, on real digits")
    .option("--epochs <n>", "passes over the 9,000 training digits", wholeNumber(1), 3)
    .option("--seed <n>", "of weights, batches and places", wholeNumber(0), 0)
    .action((options: { readonly epochs: number; readonly seed: number }) =>
      withInterrupt((interrupt) => runLab(options, interrupt)),
    );
}
