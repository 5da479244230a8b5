import {
  CosineAnnealingLR,
  OneCycleLR,
  type Optimizer,
  ReduceLROnPlateau,
  type Schedule,
  StepLR,
} from "@pointwise/optimizers";
import type { Tensor } from "@pointwise/tensor";

export const scheduleNames = ["none", "step", "cosine", "one-cycle", "plateau"] as const;

export type ScheduleName = (typeof scheduleNames)[number];

/** Sets the learning rate while training goes on. */
export interface LrSchedule {
  afterBatch(): void;
  afterEpoch(validationLoss: number): void;
  stateDict(): Map<string, Tensor>;
  loadStateDict(saved: ReadonlyMap<string, Tensor>): void;
}

/** Whether the schedule's curve is stretched over the epochs, so that their number cannot change later. */
export const spansEpochs = (name: ScheduleName): boolean => name !== "none" && name !== "plateau";

/**
 * - `step`: a tenth after each third of the epochs
 * - `cosine`: from the optimizer's learning rate to 0, batch by batch
 * - `one-cycle`: up to the optimizer's learning rate, then down to almost 0, batch by batch
 * - `plateau`: a tenth after 2 epochs without a lower validation loss
 */
export function createSchedule(
  name: ScheduleName,
  optimizer: Pick<Optimizer, "groups" | "lr">,
  epochs: number,
  batchesPerEpoch: number,
): LrSchedule {
  const totalSteps = epochs * batchesPerEpoch;
  switch (name) {
    case "none":
      return { afterBatch() {}, afterEpoch() {}, stateDict: () => new Map(), loadStateDict() {} };
    case "step":
      return everyEpoch(new StepLR(optimizer, { stepSize: Math.max(1, Math.ceil(epochs / 3)) }));
    case "cosine":
      return everyBatch(new CosineAnnealingLR(optimizer, { tMax: totalSteps }));
    case "one-cycle":
      return everyBatch(new OneCycleLR(optimizer, { maxLr: optimizer.lr, totalSteps }));
    case "plateau": {
      const plateau = new ReduceLROnPlateau(optimizer, { patience: 2 });
      return { ...saving(plateau), afterBatch() {}, afterEpoch: (loss) => plateau.step(loss) };
    }
  }
}

const everyBatch = (schedule: Schedule): LrSchedule => ({
  ...saving(schedule),
  afterBatch: () => schedule.step(),
  afterEpoch() {},
});

const everyEpoch = (schedule: Schedule): LrSchedule => ({
  ...saving(schedule),
  afterBatch() {},
  afterEpoch: () => schedule.step(),
});

const saving = (schedule: Schedule | ReduceLROnPlateau) => ({
  stateDict: () => schedule.stateDict(),
  loadStateDict: (saved: ReadonlyMap<string, Tensor>) => schedule.loadStateDict(saved),
});
