import { PointwiseError } from "@pointwise/tensor";
import { CommanderError } from "commander";
import { errorColors } from "./colors.ts";
import { wrap } from "./width.ts";

/**
 * Explains an error on standard error, on one screen. The stack is shown for errors that nobody meant to throw, and with `DEBUG=1`.
 * @returns the exit code: 2 for a wrong command line, 1 for the rest
 */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // commander has printed it, or the help
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof PointwiseError) {
    process.stderr.write(formatError(`error: ${error.message}\n`));
    if (process.env.DEBUG) process.stderr.write(`${stack}\n`);
  } else {
    const text = "This is a bug in Pointwise, not in what you did. Please report it with the lines below.";
    process.stderr.write(formatError(`error: ${text}\n${stack}\n`));
  }
  return 1;
}

/** What does not stop the program, on standard error. */
export function reportWarning(text: string): void {
  const wrapped = wrap(`warning: ${text}`, process.stderr.columns ?? Number.POSITIVE_INFINITY);
  process.stderr.write(`${wrapped.replace(/^warning:/, errorColors.yellow("warning:"))}\n`);
}

/** As wide as the terminal, with the first word in red. */
export function formatError(text: string): string {
  const wrapped = wrap(text, process.stderr.columns ?? Number.POSITIVE_INFINITY);
  return wrapped.replace(/^error:/, errorColors.red("error:"));
}
