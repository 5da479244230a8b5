import type { DatasetName } from "../datasets/index.ts";
import type { ModelName } from "../models/index.ts";
import type { OptimizerName } from "./create-optimizer.ts";
import type { ScheduleName } from "./create-schedule.ts";

/** What the command line says. */
export interface TrainOptions {
  readonly model: ModelName;
  readonly dataset: DatasetName;
  readonly dataDir?: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  readonly lr?: number;
  readonly weightDecay?: number;
  readonly momentum?: number;
  readonly schedule: ScheduleName;
  readonly clipNorm?: number;
  readonly augment?: boolean;
  readonly seed: number;
  readonly eager?: boolean;
  readonly patience: number;
  /** Seconds. */
  readonly checkpointEvery: number;
  readonly out?: string;
  readonly resume?: string;
}
