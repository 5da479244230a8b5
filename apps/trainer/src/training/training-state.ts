import type { Safetensors } from "@pointwise/formats";
import type { Module } from "@pointwise/layers";
import { FormatError, Rng, type Tensor } from "@pointwise/tensor";
import { isRecord, onlyKnown, parseJson } from "../files/json.ts";
import { createModel } from "../models/index.ts";
import type { RunConfig } from "./config.ts";
import { createOptimizer } from "./create-optimizer.ts";
import { createSchedule, type LrSchedule } from "./create-schedule.ts";
import { WeightsBefore } from "./weights-before.ts";

/** How far training is. */
export interface Position {
  /** Epochs that are finished. */
  epoch: number;
  /** Batches of the epoch after those that are done, and sums over their samples. */
  batch: number;
  samples: number;
  lossSum: number;
  correct: number;
  /** The lowest validation loss, and its epoch, counted from 1; `null` and 0 before the first. */
  bestLoss: number | null;
  bestEpoch: number;
}

export const epochStart = { batch: 0, samples: 0, lossSum: 0, correct: 0 } as const;

/** Everything that training changes: a run goes on from it as if it had never stopped. */
export class TrainingState {
  readonly model: Module;
  readonly optimizer: ReturnType<typeof createOptimizer>;
  readonly schedule: LrSchedule;
  readonly streams: Readonly<Record<"model" | "shuffle" | "augment", Rng>>;
  readonly position: Position = { epoch: 0, ...epochStart, bestLoss: null, bestEpoch: 0 };
  readonly weightsBefore: WeightsBefore;
  /** The shuffling stream before it drew the order of the current epoch. */
  private shuffleAtEpochStart: Map<string, Tensor>;

  constructor(config: RunConfig, streams: TrainingState["streams"], batchesPerEpoch: number) {
    const { inputShape, classes } = config.data;
    this.streams = streams;
    this.model = createModel(config.model, { inputShape, classes: classes.length, rng: streams.model });
    this.weightsBefore = new WeightsBefore(this.model, streams.model);
    this.optimizer = createOptimizer(config.optimizer, this.model.parameters(), config);
    this.schedule = createSchedule(config.schedule, this.optimizer, config.epochs, batchesPerEpoch);
    this.shuffleAtEpochStart = streams.shuffle.stateDict();
  }

  /** To be called before the order of an epoch is drawn. */
  markEpochStart(): void {
    this.shuffleAtEpochStart = this.streams.shuffle.stateDict();
  }

  checkpoint(): Safetensors {
    const { model, augment } = this.streams;
    const tensors = [
      ...prefixed("model", this.model.stateDict()),
      ...prefixed("optimizer", this.optimizer.stateDict()),
      ...prefixed("schedule", this.schedule.stateDict()),
      ...prefixed("rng.model", model.stateDict()),
      ...prefixed("rng.augment", augment.stateDict()),
      ...prefixed("rng.shuffle", this.position.batch > 0 ? this.shuffleAtEpochStart : this.streams.shuffle.stateDict()),
    ];
    return { tensors: new Map(tensors), metadata: { format: "pt", position: JSON.stringify(this.position) } };
  }

  /** @throws FormatError, UsageError, ShapeError or DTypeError if the checkpoint is not of such a run */
  restore({ tensors, metadata }: Safetensors, file: string): void {
    const part = (name: string) => withoutPrefix(name, tensors);
    const position = parseJson(metadata.position ?? "");
    if (!isPosition(position))
      throw new FormatError(`${file} does not say how far training was. Was it written by \`train\`?`);
    this.model.loadStateDict(part("model"));
    this.optimizer.loadStateDict(part("optimizer"));
    this.schedule.loadStateDict(part("schedule"));
    for (const [name, rng] of Object.entries(this.streams)) rng.loadStateDict(part(`rng.${name}`));
    Object.assign(this.position, onlyKnown(position, positionNames));
  }
}

/** Independent streams for the parts of a run that draw. */
export function randomStreams(seed: number) {
  const root = new Rng(seed);
  return { split: root.split(), model: root.split(), shuffle: root.split(), augment: root.split() };
}

/** The model's tensors in any checkpoint of a run: the last one has more in it, the others have nothing else. */
export const modelWeights = ({ tensors, metadata }: Safetensors): ReadonlyMap<string, Tensor> =>
  metadata.position === undefined ? tensors : withoutPrefix("model", tensors);

const prefixed = (prefix: string, dict: ReadonlyMap<string, Tensor>): [string, Tensor][] =>
  [...dict].map(([name, x]) => [`${prefix}.${name}`, x]);

const withoutPrefix = (prefix: string, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> =>
  new Map(
    [...tensors].flatMap(([name, x]) =>
      name.startsWith(`${prefix}.`) ? [[name.slice(prefix.length + 1), x] as const] : [],
    ),
  );

const positionNames = ["epoch", "batch", "samples", "lossSum", "correct", "bestLoss", "bestEpoch"] as const;

const isCount = (x: unknown): boolean => Number.isSafeInteger(x) && Number(x) >= 0;

const isPosition = (x: unknown): x is Position =>
  isRecord(x) &&
  ["epoch", "batch", "samples", "correct", "bestEpoch"].every((name) => isCount(x[name])) &&
  Number.isFinite(x.lossSum) &&
  (x.bestLoss === null || Number.isFinite(x.bestLoss));
