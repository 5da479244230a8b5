#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../package.json";
import { addEvaluateCommand } from "./commands/evaluate.ts";
import { addExportCommand } from "./commands/export.ts";
import { addLabCommand } from "./commands/lab.ts";
import { addPredictCommand } from "./commands/predict.ts";
import { addSummaryCommand } from "./commands/summary.ts";
import { addTrainCommand } from "./commands/train.ts";
import { invocation } from "./terminal/invocation.ts";
import { formatError, reportError } from "./terminal/report-error.ts";

// Whoever read our output has seen enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

const program = new Command("pointwise")
  .description("Trains small neural networks, and shows a 1×1 convolution standing in for a dense layer.")
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(formatError(text)) })
  .showHelpAfterError(`Run \`${invocation()} --help\` to see the commands.`);

const commands = [
  addLabCommand,
  addTrainCommand,
  addEvaluateCommand,
  addSummaryCommand,
  addPredictCommand,
  addExportCommand,
];
for (const addCommand of commands) addCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error);
}
