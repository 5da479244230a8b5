import { spiral } from "@pointwise/data";
import { Rng, UsageError } from "@pointwise/tensor";
import type { DatasetOptions, LoadedDataset } from "./loaded-dataset.ts";

const [TRAIN, TEST, CLASSES] = [900, 300, 3];

/** Points on three arms of a spiral, drawn from the seed; those held out are drawn on their own. */
export async function loadSpiral({ dataDir, seed }: DatasetOptions): Promise<LoadedDataset> {
  if (dataDir !== undefined) {
    throw new UsageError(`spiral is computed, not read from files: leave out --data-dir (${dataDir}).`);
  }
  const rng = new Rng(`spiral ${seed}`);
  return {
    name: "spiral",
    train: spiral({ samples: TRAIN, classes: CLASSES, rng }),
    test: spiral({ samples: TEST, classes: CLASSES, rng }),
    classes: ["arm 0", "arm 1", "arm 2"],
    inputShape: [2],
    mean: [0, 0],
    std: [1, 1],
    source: `${TRAIN} points drawn with seed ${seed}, and ${TEST} held out`,
  };
}
