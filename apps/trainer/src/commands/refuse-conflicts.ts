import type { Command } from "commander";
import { takesMomentum } from "../training/create-optimizer.ts";
import type { TrainOptions } from "../training/train-options.ts";

const changeable = new Set(["resume", "epochs", "patience", "checkpointEvery"]);

/** Ends with an explained error for options that do not go together. */
export function refuseConflicts({ momentum, optimizer, resume }: TrainOptions, command: Command): void {
  if (momentum !== undefined && !takesMomentum(optimizer)) {
    command.error(`error: --momentum is for sgd and rmsprop; ${optimizer} keeps running averages of its own.`);
  }
  if (resume === undefined) return;
  const fixed = command.options
    .filter(
      (option) =>
        command.getOptionValueSource(option.attributeName()) === "cli" && !changeable.has(option.attributeName()),
    )
    .map((option) => option.long);
  if (fixed.length > 0) {
    command.error(
      `error: A resumed run goes on as it was started, so ${fixed.join(" and ")} cannot be given beside --resume. Only --epochs and --patience may change.`,
    );
  }
}
