import { formatShape, sizeOf, UsageError } from "@pointwise/tensor";
import { type DatasetName, type LoadedDataset, loadDataset } from "../datasets/index.ts";
import { type DataConfig, mostInputs, type RunConfig } from "./config.ts";

/** @param dataDir `null` for data sets that need none, or for the usual place */
export const loadData = (name: DatasetName, dataDir: string | null, seed: number): Promise<LoadedDataset> =>
  loadDataset(name, { seed, dataDir: dataDir ?? undefined });

/**
 * What a run keeps of its data set.
 * @throws UsageError for samples that are larger than a run can be resumed with
 */
export function dataConfig({ name, classes, inputShape, mean, std }: LoadedDataset): DataConfig {
  const values = sizeOf(inputShape);
  if (values > mostInputs) {
    throw new UsageError(
      `A sample of ${name} is ${formatShape(inputShape)}, ${values} values, and models here take at most ${mostInputs}, as a colour picture of 295×295 has. ` +
        "Make the pictures smaller, or leave out columns.",
    );
  }
  return { classes, inputShape, mean, std };
}

/**
 * The data that a run was trained on.
 * @throws UsageError if it is other data by now: its classes, or how it was normalised, would be others than the model knows
 */
export async function loadRunData({ dataset, seed, data }: RunConfig, dataDir: string | null): Promise<LoadedDataset> {
  const loaded = await loadData(dataset, dataDir, seed);
  const now = dataConfig(loaded);
  for (const key of ["inputShape", "classes", "mean", "std"] as const) {
    const [then, found] = [data[key], now[key]].map((x) => JSON.stringify(x));
    if (then !== found) {
      throw new UsageError(
        `This is not the data that the run was trained on (${loaded.source}): its ${names[key]} was ${then}, and is now ${found}. ` +
          "Name the right files with evaluate --data-dir, or train a new model.",
      );
    }
  }
  return loaded;
}

const names = {
  inputShape: "shape of a sample",
  classes: "list of classes",
  mean: "mean",
  std: "standard deviation",
} as const satisfies Record<keyof DataConfig, string>;
