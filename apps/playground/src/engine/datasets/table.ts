import { normalize, parseCsv, randomSplit, TensorDataset } from "@pointwise/data";
import { FormatError, indexSelect, mean, Rng, std, tensor } from "@pointwise/tensor";
import type { TrainingData } from "../training-data.ts";

/** A visitor's CSV file. */
export interface Table {
  readonly name: string;
  readonly text: string;
}

/**
 * A sample a line: numbers, and the class in the column that is named label, class or target, else in the last one. One in five is
 * held out, the same ones whatever the experiment's seed is.
 * @throws FormatError that names line and column of what is wrong
 */
export function readTable({ name, text }: Table): TrainingData {
  const { inputs, targets, classes, features } = parse(text, name);
  const count = targets.size;
  if (count < 10 || classes.length < 2) {
    const found = count < 10 ? `${count} samples` : `all ${count} samples of the class ${classes[0]}`;
    throw new FormatError(`${name}: expected at least 10 samples, of at least two classes, but found ${found}.`);
  }
  const heldOut = Math.round(count / 5);
  const samples = new TensorDataset(inputs, targets);
  const [train, test] = randomSplit(samples, [count - heldOut, heldOut], new Rng("table: held out"));
  const seen = indexSelect(inputs, 0, tensor(train!.indices));
  const means = [...mean(seen, 0).data];
  const stds = Array.from(std(seen, 0, { correction: 0 }).data, (s) => s || 1); // a column that never varies
  const tooLarge = means.findIndex((m, i) => !Number.isFinite(m) || !Number.isFinite(stds[i]));
  if (tooLarge >= 0) {
    throw new FormatError(
      `${name}: the values of ${features[tooLarge]} are too large to be normalised. Divide the column by a large number.`,
    );
  }
  const normalized = new TensorDataset(normalize(means, stds)(inputs), targets);
  return {
    train: normalized.subset(train!.indices),
    test: normalized.subset(test!.indices),
    inputShape: [features.length],
    classes,
    features,
    mean: means,
    std: stds,
  };
}

function parse(text: string, file: string) {
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = [",", ";", "\t"].reduce((best, d) => (count(firstLine, d) > count(firstLine, best) ? d : best));
  const names = firstLine.split(delimiter).map((name) => name.replaceAll(/["\uFEFF]/g, "").trim());
  const label = names.findIndex((name) => ["label", "class", "target"].includes(name.toLowerCase()));
  return parseCsv(text, { file, delimiter, label });
}

const count = (text: string, part: string): number => text.split(part).length - 1;
