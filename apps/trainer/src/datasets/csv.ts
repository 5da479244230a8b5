import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { normalize, parseCsv, randomSplit, TensorDataset } from "@pointwise/data";
import { FormatError, indexSelect, mean, Rng, std, tensor, UsageError } from "@pointwise/tensor";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";
import { plainFile, readBytes } from "./read-file.ts";

/** One in five samples is held out. */
const HELD_OUT = 0.2;

const advice =
  "Name a CSV file with --data-dir: a sample a line, numbers, and its class in the last column or in one named label, class or target.";

/** Samples from a CSV file; the seed says which are held out. */
export async function loadCsv({ dataDir, seed }: DatasetOptions): Promise<LoadedDataset> {
  if (dataDir === undefined) throw new UsageError(`csv needs a file. ${advice}`);
  const file = csvFile(dataDir);
  const text = new TextDecoder().decode(readBytes(file, advice));
  const { inputs, targets, classes, features, label } = parse(text, file);
  const n = targets.size;
  const testLength = Math.round(n * HELD_OUT);
  if (testLength === 0 || classes.length < 2) {
    const found = testLength === 0 ? `${n} sample${n === 1 ? "" : "s"}` : `all ${n} samples of the class ${classes[0]}`;
    throw new FormatError(`${file}: expected at least 3 samples, of at least two classes, but found ${found}.`);
  }
  const rng = new Rng(`csv split ${seed}`);
  const parts = randomSplit(new TensorDataset(inputs, targets), [n - testLength, testLength], rng);
  const seen = indexSelect(inputs, 0, tensor(parts[0]!.indices));
  const means = [...mean(seen, 0).data];
  const stds = Array.from(std(seen, 0, { correction: 0 }).data, (s) => s || 1); // a column that never varies
  const tooLarge = means.findIndex((m, i) => !Number.isFinite(m) || !Number.isFinite(stds[i]));
  if (tooLarge >= 0) {
    throw new FormatError(
      `${file}: the values of ${features[tooLarge]} are too large to be normalised: their squares, added up, exceed the largest float32. Divide the column by a large number.`,
    );
  }
  const normalized = new TensorDataset(normalize(means, stds)(inputs), targets);
  return {
    name: "csv",
    train: normalized.subset(parts[0]!.indices),
    test: normalized.subset(parts[1]!.indices),
    classes,
    inputShape: [features.length],
    mean: means,
    std: stds,
    source: `${n} lines of ${file}, whose ${label} is the class; ${testLength} are held out, drawn with seed ${seed}`,
  };
}

/** The file itself, or the only CSV file in a folder. */
function csvFile(path: string): string {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}. ${advice}`);
  if (!statSync(path).isDirectory()) return plainFile(path, advice);
  const found = readdirSync(path).filter((name) => /\.[ct]sv$/i.test(name));
  if (found.length === 1) return plainFile(join(path, found[0]!), advice);
  const what = found.length === 0 ? "no CSV file" : `more than one CSV file: ${found.sort().join(", ")}`;
  throw new UsageError(`In the folder ${path} there is ${what}. ${advice}`);
}

function parse(text: string, file: string) {
  const firstLine = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = [",", ";", "\t"].reduce((best, d) => (count(firstLine, d) > count(firstLine, best) ? d : best));
  const names = firstLine.split(delimiter).map((name) => name.replaceAll(/["\uFEFF]/g, "").trim());
  const column = names.findIndex((name) => ["label", "class", "target"].includes(name.toLowerCase()));
  const table = parseCsv(text, { file: basename(file), delimiter, label: column });
  return { ...table, label: column < 0 ? "last column" : `column ${names[column]}` };
}

const count = (text: string, part: string): number => text.split(part).length - 1;
