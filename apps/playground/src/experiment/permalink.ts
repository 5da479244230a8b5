import { FormatError } from "@pointwise/tensor";
import { type Block, blockKinds, makeBlock, numbersOf, rulesOf } from "../blocks/block.ts";
import { type DataChoice, dataKinds, noiseRule, pictureSizeRule } from "./data-choice.ts";
import {
  type Experiment,
  type ExperimentNumber,
  experimentNumbers,
  optimizerKinds,
  scheduleKinds,
} from "./experiment.ts";
import { type NumberRule, refuseNumber } from "./number-rule.ts";

const VERSION = "1";
const mostBlocks = 64;

/** An experiment as the hash of a URL, without #: `v=1&data=spiral&noise=0.15&model=dense_32~tanh~dense_3&optimizer=adam&…`. */
export function toHash(experiment: Experiment): string {
  const { data, blocks, optimizer, schedule } = experiment;
  const fields: [string, string | number][] = [
    ["v", VERSION],
    ["data", data.kind],
    ...("noise" in data ? [["noise", data.noise] as [string, number]] : []),
    ...("size" in data ? [["size", data.size] as [string, number]] : []),
    ["model", blocks.map(writeBlock).join("~")],
    ["optimizer", optimizer],
    ["schedule", schedule],
    ...numberNames.map((name) => [name, experiment[name]] as [string, number]),
  ];
  return fields.map(([name, value]) => `${name}=${value}`).join("&");
}

/**
 * The experiment of a link.
 * @throws FormatError that names the part of the link that cannot be, and says what could.
 */
export function fromHash(hash: string): Experiment {
  const fields = new URLSearchParams(hash);
  const version = fields.get("v");
  if (version !== VERSION) {
    throw new FormatError(
      `This link is of version ${excerpt(version)}, but this page reads version ${VERSION}. Was it made by a newer page, or cut off?`,
    );
  }
  const number = (name: string, rule: NumberRule) => readNumber(name, fields.get(name), rule);
  return {
    data: readData(oneOf("data", fields.get("data"), dataKinds), number),
    blocks: readBlocks(fields.get("model") ?? ""),
    optimizer: oneOf("optimizer", fields.get("optimizer"), optimizerKinds),
    schedule: oneOf("schedule", fields.get("schedule"), scheduleKinds),
    lr: number("lr", experimentNumbers.lr),
    momentum: number("momentum", experimentNumbers.momentum),
    weightDecay: number("weightDecay", experimentNumbers.weightDecay),
    batchSize: number("batchSize", experimentNumbers.batchSize),
    epochs: number("epochs", experimentNumbers.epochs),
    seed: number("seed", experimentNumbers.seed),
  };
}

// The keys of an object whose type lists them, which TypeScript gives as strings.
const numberNames = Object.keys(experimentNumbers) as ExperimentNumber[];

function readData(kind: DataChoice["kind"], number: (name: string, rule: NumberRule) => number): DataChoice {
  if (kind === "spiral" || kind === "moons") return { kind, noise: number("noise", noiseRule) };
  if (kind === "images") return { kind, size: number("size", pictureSizeRule) };
  return { kind };
}

const writeBlock = (block: Block): string => [block.kind, ...numbersOf(block).map(([, value]) => value)].join("_");

function readBlocks(text: string): Block[] {
  const parts = text === "" ? [] : text.split("~");
  if (parts.length > mostBlocks) throw wrong("model", `${parts.length} blocks`, `at most ${mostBlocks}`);
  return parts.map((part, i) => {
    const [name = "", ...values] = part.split("_");
    const where = `model, block ${i}`;
    const kind = oneOf(where, name, blockKinds);
    const rules = Object.entries(rulesOf(kind));
    if (values.length !== rules.length) {
      throw wrong(where, part, `${kind} with ${rules.length === 0 ? "no numbers" : rules.map(([n]) => n).join(", ")}`);
    }
    const numbers = rules.map(([n, rule], k) => [n, readNumber(`${where}, ${n}`, values[k]!, rule)] as const);
    return makeBlock(kind, Object.fromEntries(numbers));
  });
}

function oneOf<T extends string>(where: string, text: string | null, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === text);
  if (found === undefined) throw wrong(where, text, `one of ${allowed.join(", ")}`);
  return found;
}

function readNumber(where: string, text: string | null, rule: NumberRule): number {
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  const problem = refuseNumber(value, rule);
  if (problem !== undefined) throw wrong(where, text, problem.replace(/^A/, "a").replace(/\.$/, ""));
  return value;
}

const wrong = (where: string, found: string | null, expected: string): FormatError =>
  new FormatError(
    `In this link, ${where} is ${excerpt(found)}, but must be ${expected}. Was the link cut off or edited?`,
  );

const excerpt = (text: string | null): string =>
  text === null ? "missing" : JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
