import { type Dataset, Subset } from "@pointwise/data";
import { FormatError, sizeOf } from "@pointwise/tensor";
import type { LoadedDataset } from "../datasets/index.ts";
import { formatCount } from "../terminal/format.ts";

type DataFacts = Pick<LoadedDataset, "name" | "classes" | "inputShape" | "mean">;

interface Parts {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

/**
 * Looks through all samples before a model is trained on them.
 * @returns what may make the training worse than it need be: sentences
 * @throws FormatError for what it cannot work with: a value that is no finite number, or a label that is no class
 */
export function inspectData(facts: DataFacts, { train, validation, test }: Parts): string[] {
  const found = scan(facts, train, "training");
  const heldOut = [scan(facts, validation, "validation"), scan(facts, test, "test")];
  return [...unseenClasses(facts, found, heldOut), ...constantInputs(facts, found)];
}

interface Scan {
  /** Samples of each class. */
  readonly counts: readonly number[];
  /** The extreme values of each channel, or of each feature. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** The numbers of the pictures whose channels have one value each. */
  readonly blank: readonly number[];
}

const batchSize = 256;

function scan(facts: DataFacts, dataset: Dataset, part: string): Scan {
  const { classes, inputShape } = facts;
  const channels = inputShape[0]!; // or features
  const plane = sizeOf(inputShape) / channels;
  const counts = classes.map(() => 0);
  const lowest = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const highest = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  const blank: number[] = [];
  for (let first = 0; first < dataset.length; first += batchSize) {
    const length = Math.min(batchSize, dataset.length - first);
    const [x, y] = dataset.batch(Int32Array.from({ length }, (_, i) => first + i));
    const values = x.data;
    for (let i = 0, at = 0; i < length; i++) {
      const label = y.data[i]!;
      if (counts[label] === undefined) throw wrongLabel(facts, dataset, part, first + i, label);
      counts[label]++;
      let isBlank = plane > 1;
      for (let channel = 0; channel < channels; channel++) {
        let [low, high] = [values[at]!, values[at]!];
        for (const end = at + plane; at < end; at++) {
          const value = values[at]!;
          if (!(Math.abs(value) < Number.POSITIVE_INFINITY))
            throw notFinite(facts, dataset, part, first + i, channel, value);
          if (value < low) low = value;
          if (value > high) high = value;
        }
        if (low < high) isBlank = false;
        if (low < lowest[channel]!) lowest[channel] = low;
        if (high > highest[channel]!) highest[channel] = high;
      }
      if (isBlank) blank.push(sampleNumber(dataset, first + i));
    }
  }
  return { counts, lowest, highest, blank };
}

/** In the data that a part was drawn from. */
function sampleNumber(dataset: Dataset, i: number): number {
  return dataset instanceof Subset ? sampleNumber(dataset.dataset, dataset.indices[i]!) : i;
}

function sampleName({ name }: DataFacts, dataset: Dataset, part: string, i: number): string {
  return `sample ${sampleNumber(dataset, i)} of ${name} (counted from 0; in the ${part} set)`;
}

function wrongLabel(facts: DataFacts, dataset: Dataset, part: string, i: number, label: number): FormatError {
  const last = facts.classes.length - 1;
  return new FormatError(
    `The label of ${sampleName(facts, dataset, part, i)} is ${label}, but there are ${last + 1} classes, numbered 0 to ${last}. ` +
      "Are these the labels of other data?",
  );
}

function notFinite(
  facts: DataFacts,
  dataset: Dataset,
  part: string,
  i: number,
  channel: number,
  value: number,
): FormatError {
  const where = facts.inputShape.length === 3 ? "channel" : "feature";
  return new FormatError(
    `The input of ${sampleName(facts, dataset, part, i)} holds ${value}, in ${where} ${channel}, and every number computed from it would be none. Fill it in, ` +
      "or leave the sample out. If there is a number in the file, it is too large to be normalised: scale it down.",
  );
}

function unseenClasses({ classes }: DataFacts, train: Scan, heldOut: readonly Scan[]): string[] {
  const unseen = classes.map((_, c) => c).filter((c) => train.counts[c] === 0);
  if (unseen.length === 0) return [];
  const samples = unseen.reduce((sum, c) => sum + heldOut.reduce((n, { counts }) => n + counts[c]!, 0), 0);
  const one = unseen.length === 1;
  const lost =
    samples === 0 ? "" : ` The ${formatCount(samples)} held out of ${one ? "it" : "them"} will be mistaken for others.`;
  return [
    `No training sample is of the class${one ? "" : "es"} ${listed(unseen.map((c) => classes[c]!))}: the model cannot learn ${one ? "it" : "them"}.${lost}`,
  ];
}

function constantInputs({ inputShape, mean }: DataFacts, { lowest, highest, blank, counts }: Scan): string[] {
  const isPicture = inputShape.length === 3;
  const constant = [...lowest.keys()].filter((channel) => lowest[channel] === highest[channel]);
  const samples = counts.reduce((sum, n) => sum + n, 0);
  if (constant.length > 0 && samples > 1) {
    const one = constant.length === 1;
    const what = `${isPicture ? "Channel" : "Feature"}${one ? "" : "s"} ${listed(constant.map(String))} (counted from 0)`;
    const value = one ? ` (${Number(mean[constant[0]!]!.toPrecision(6))})` : "";
    return [
      `${what} ${one ? "has" : "have"} the same value${value} in all training samples: there is nothing to learn from ${one ? "it" : "them"}.`,
    ];
  }
  if (blank.length === 0) return [];
  const one = blank.length === 1;
  return [
    `${formatCount(blank.length)} training picture${one ? " is" : "s are"} of one colour throughout (${one ? "" : "the first is "}sample ${blank[0]}, counted from 0). Is the file damaged?`,
  ];
}

const shown = 5;

const listed = (names: readonly string[]): string =>
  names.length <= shown ? names.join(", ") : `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
