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
  const print = (text: string) => process.stderr.write(`${text}\n`);
  if (error instanceof PointwiseError) {
    print(wrap(`${errorColors.red("error:")} ${error.message}`, process.stderr.columns ?? Number.POSITIVE_INFINITY));
    if (process.env.DEBUG) print(error.stack ?? "");
    return 1;
  }
  print(
    `${errorColors.red("error:")} This is a bug in Pointwise, not in what you did. Please report it with the lines below.`,
  );
  print(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
