import { CosineAnnealingLR, OneCycleLR, type Optimizer, type Schedule, StepLR } from "@pointwise/optimizers";
import type { Experiment } from "../experiment/experiment.ts";

/**
 * To be stepped after every batch; nothing for a learning rate that stays.
 * - `cosine`: down to 0 by the last step
 * - `one-cycle`: up to the learning rate, then down to almost 0
 * - `step`: a tenth after each third of the steps
 * @throws UsageError if there are too few steps for the schedule
 */
export function createSchedule(
  { schedule, lr }: Pick<Experiment, "schedule" | "lr">,
  optimizer: Pick<Optimizer, "groups">,
  totalSteps: number,
): Schedule | undefined {
  switch (schedule) {
    case "constant":
      return undefined;
    case "cosine":
      return new CosineAnnealingLR(optimizer, { tMax: totalSteps });
    case "one-cycle":
      return new OneCycleLR(optimizer, { maxLr: lr, totalSteps });
    case "step":
      return new StepLR(optimizer, { stepSize: Math.ceil(totalSteps / 3) });
  }
}
