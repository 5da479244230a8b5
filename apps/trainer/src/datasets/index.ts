import { UsageError } from "@pointwise/tensor";
import { loadCifar10 } from "./cifar10.ts";
import { loadCsv } from "./csv.ts";
import { loadFashionMnist } from "./fashion-mnist.ts";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";
import { loadMnist } from "./mnist.ts";
import { loadSpiral } from "./spiral.ts";

export type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";

export const datasetNames = ["mnist", "fashion-mnist", "cifar10", "spiral", "csv"] as const;
export type DatasetName = (typeof datasetNames)[number];

const loaders: Readonly<Record<DatasetName, (options: DatasetOptions) => Promise<LoadedDataset>>> = {
  mnist: loadMnist,
  "fashion-mnist": loadFashionMnist,
  cifar10: loadCifar10,
  spiral: loadSpiral,
  csv: loadCsv,
};

/**
 * Reads or makes a data set.
 * @throws UsageError (the promise rejects) for an unknown name or missing files, FormatError for damaged ones.
 */
export async function loadDataset(name: string, options: DatasetOptions): Promise<LoadedDataset> {
  const known = datasetNames.find((n) => n === name);
  if (!known) throw new UsageError(`There is no data set "${name}". Choose one of ${datasetNames.join(", ")}.`);
  return loaders[known](options);
}
