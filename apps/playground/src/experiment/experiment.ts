import type { Block } from "../blocks/block.ts";
import type { DataChoice } from "./data-choice.ts";
import { type NumberRule, real, whole } from "./number-rule.ts";

export const optimizerKinds = ["sgd", "adam", "adamw", "rmsprop"] as const;
export type OptimizerKind = (typeof optimizerKinds)[number];

export const scheduleKinds = ["constant", "cosine", "one-cycle", "step"] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** All that a training depends on, as plain data: the same experiment gives the same losses, bit for bit. */
export interface Experiment {
  readonly data: DataChoice;
  readonly blocks: readonly Block[];
  readonly optimizer: OptimizerKind;
  readonly lr: number;
  /** Of SGD and RMSprop; Adam has none. */
  readonly momentum: number;
  readonly weightDecay: number;
  readonly schedule: ScheduleKind;
  readonly batchSize: number;
  readonly epochs: number;
  /** Of the weights, the order of the samples, and what dropout drops. */
  readonly seed: number;
}

export type ExperimentNumber = "lr" | "momentum" | "weightDecay" | "batchSize" | "epochs" | "seed";

export const experimentNumbers: Readonly<Record<ExperimentNumber, NumberRule>> = {
  lr: real(0.000001, 10, 0.001, 0.0001),
  momentum: real(0, 0.999, 0.9, 0.01),
  weightDecay: real(0, 1, 0, 0.0001),
  batchSize: whole(1, 1024, 64),
  epochs: whole(1, 1000, 4),
  seed: whole(0, 2 ** 32 - 1, 0),
};

/** Adam has betas for it. */
export const takesMomentum = (kind: OptimizerKind): boolean => kind === "sgd" || kind === "rmsprop";
