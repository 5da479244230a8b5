import { existsSync } from "node:fs";
import { join } from "node:path";
import { type LabelledImages, parseCifar10 } from "@pointwise/data";
import { FormatError, UsageError } from "@pointwise/tensor";
import { fromImages, joinImages } from "./image-sets.ts";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";
import { findFiles, plainFile, readBytes } from "./read-file.ts";

const advice =
  "The binary version of CIFAR-10 is at https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz: unpack it, and name its folder " +
  "cifar-10-batches-bin with --data-dir.";

const files = {
  batch1: ["data_batch_1.bin"],
  batch2: ["data_batch_2.bin"],
  batch3: ["data_batch_3.bin"],
  batch4: ["data_batch_4.bin"],
  batch5: ["data_batch_5.bin"],
  test: ["test_batch.bin"],
};

/** What batches.meta.txt says. */
const CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/** 50,000 colour pictures of things and animals and 10,000 held out, from the folder of CIFAR-10's binary version. */
export async function loadCifar10({ dataDir }: DatasetOptions): Promise<LoadedDataset> {
  if (dataDir === undefined) {
    throw new UsageError(
      `cifar10 does not come with this program: say where its files are, with --data-dir. ${advice}`,
    );
  }
  const found = findFiles(dataDir, files, advice);
  const read = (file: string): LabelledImages => parseCifar10(readBytes(file, advice), file);
  const train = joinImages([
    read(found.batch1),
    read(found.batch2),
    read(found.batch3),
    read(found.batch4),
    read(found.batch5),
  ]);
  const test = read(found.test);
  const source = `the files in ${dataDir}`;
  return fromImages({ name: "cifar10", train, test, classes: readClasses(dataDir), source });
}

/** The names in batches.meta.txt, a line each, if it is there. */
function readClasses(folder: string): readonly string[] {
  const file = join(folder, "batches.meta.txt");
  if (!existsSync(file)) return CLASSES;
  const text = new TextDecoder().decode(readBytes(plainFile(file, advice), advice));
  const names = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (names.length === CLASSES.length) return names;
  throw new FormatError(
    `${file}: expected the names of ${CLASSES.length} classes, a line each, but found ${names.length}.`,
  );
}
