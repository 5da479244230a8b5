import { FormatError, type Shape } from "@pointwise/tensor";
import { type DatasetName, datasetNames } from "../datasets/index.ts";
import { isRecord, onlyKnown, parseJson } from "../files/json.ts";
import { type ModelName, modelNames } from "../models/index.ts";
import { type OptimizerName, optimizerNames } from "./create-optimizer.ts";
import { type ScheduleName, scheduleNames } from "./create-schedule.ts";

/** All that a run was started with: config.json in its folder. */
export interface RunConfig {
  readonly model: ModelName;
  readonly dataset: DatasetName;
  /** An absolute path, for data sets that are read from a folder or a file. */
  readonly dataDir: string | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerName;
  readonly lr: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly schedule: ScheduleName;
  readonly clipNorm: number | null;
  readonly augment: boolean;
  readonly seed: number;
  /** Whether it runs op by op. A resumed run goes on in the same way, since sums are added up in another order in the other. */
  readonly eager: boolean;
  /** Epochs without a lower validation loss after which training stops; 0 for never. */
  readonly patience: number;
  readonly data: DataConfig;
}

/** What is needed to use the model without its data set. */
export interface DataConfig {
  readonly classes: readonly string[];
  /** Of one sample. */
  readonly inputShape: Shape;
  /** Of each channel in the training set: what samples were normalised with. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What a rate is called: a point of a spiral is no image. */
export const rateName = ({ data }: RunConfig): "images/s" | "samples/s" =>
  data.inputShape.length === 3 ? "images/s" : "samples/s";

type Check = (x: unknown) => boolean;

const whole =
  (least: number): Check =>
  (x) =>
    Number.isSafeInteger(x) && Number(x) >= least;
const number: Check = (x) => typeof x === "number" && x >= 0;
const text: Check = (x) => typeof x === "string";
const orNull =
  (check: Check): Check =>
  (x) =>
    x === null || check(x);
const listOf =
  (check: Check): Check =>
  (x) =>
    Array.isArray(x) && x.length > 0 && x.every(check);
const oneOf =
  (names: readonly string[]): Check =>
  (x) =>
    typeof x === "string" && names.includes(x);

/** A model is made for the shape before its weights are read: a damaged one must not take all memory. A colour picture of 295×295 has as many. */
export const mostInputs = 2 ** 18;

const checks: { readonly [K in keyof RunConfig]: Check } = {
  model: oneOf(modelNames),
  dataset: oneOf(datasetNames),
  dataDir: orNull(text),
  epochs: whole(1),
  batchSize: whole(1),
  optimizer: oneOf(optimizerNames),
  lr: number,
  weightDecay: number,
  momentum: number,
  schedule: oneOf(scheduleNames),
  clipNorm: orNull(number),
  augment: (x) => typeof x === "boolean",
  seed: whole(0),
  eager: (x) => typeof x === "boolean",
  patience: whole(0),
  data: (x) => isDataConfig(x),
};

const dataChecks: { readonly [K in keyof DataConfig]: Check } = {
  classes: listOf(text),
  inputShape: (x) => listOf(whole(1))(x) && Array.isArray(x) && x.reduce((a, b) => a * b, 1) <= mostInputs,
  mean: listOf((x) => typeof x === "number"),
  std: listOf(number),
};

/** The keys of a table that has one entry for each key of a type. */
const namesOf = <T extends object>(table: T): readonly (keyof T)[] => Object.keys(table) as (keyof T)[];

export const isDataConfig = (x: unknown): x is DataConfig =>
  isRecord(x) && Object.entries(dataChecks).every(([key, check]) => check(x[key]));

/** @throws FormatError that names the entry at fault */
export function parseConfig(json: string, file: string): RunConfig {
  const config = parseJson(json);
  checkConfig(config, file);
  const data = onlyKnown(config.data, namesOf(dataChecks));
  return { ...onlyKnown(config, namesOf(checks)), data };
}

function checkConfig(config: unknown, file: string): asserts config is RunConfig {
  if (!isRecord(config))
    throw new FormatError(`${file} is not the JSON object that \`train\` wrote. Was it edited or cut off?`);
  for (const [key, check] of Object.entries(checks)) {
    if (!check(config[key])) {
      const found = shorten(config[key]);
      throw new FormatError(`${file}: "${key}" cannot be ${found}. Was it edited, or written by another version?`);
    }
  }
}

/** A value for a message. Not what is within an object: it may be nested so deep that writing it exhausts the stack. */
function shorten(x: unknown): string {
  if (x === undefined) return "missing";
  if (typeof x === "object" && x !== null) return Array.isArray(x) ? "this list" : "this object";
  return JSON.stringify(typeof x === "string" && x.length > 60 ? `${x.slice(0, 60)}…` : x);
}
