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

const commands = [
  addLabCommand,
  addTrainCommand,
  addEvaluateCommand,
  addSummaryCommand,
  addPredictCommand,
  addExportCommand,
];

/** Does what a command line says, explains what cannot be done, and leaves its exit code in `process.exitCode`. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const program = new Command("pointwise")
    .description("Trains small neural networks, and shows a 1×1 convolution standing in for a dense layer.")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(formatError(text)) })
    .showHelpAfterError(`Run \`${invocation()} --help\` to see the commands.`);
  for (const addCommand of commands) addCommand(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = reportError(error);
  }
}
