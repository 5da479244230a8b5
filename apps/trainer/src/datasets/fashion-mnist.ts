import { loadIdxFolder } from "./idx-folder.ts";
import { fromImages } from "./image-sets.ts";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";

/** @see https://github.com/zalandoresearch/fashion-mnist */
const classes = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

const DEBIAN_FOLDER = "/usr/share/datasets/fashion-mnist";

/** 60,000 pictures of clothes and 10,000 held out, from a folder of four IDX files. */
export async function loadFashionMnist({ dataDir = DEBIAN_FOLDER }: DatasetOptions): Promise<LoadedDataset> {
  const advice =
    "On Debian or Ubuntu, `apt install dataset-fashion-mnist` puts the files where they are looked for. Elsewhere get the four " +
    "files from https://github.com/zalandoresearch/fashion-mnist and name their folder with --data-dir.";
  const { train, test } = await loadIdxFolder(dataDir, classes.length, advice);
  return fromImages({ name: "fashion-mnist", train, test, classes, source: `the files in ${dataDir}` });
}
