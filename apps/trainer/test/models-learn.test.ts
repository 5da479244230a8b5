import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { modelNames } from "../src/models/index.ts";
import { pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

const folder = temporaryFolder();

/** Lines across (class 0) and down (class 1) an 8×8 picture, in every place. */
const lines = Array.from({ length: 160 }, (_, i) => {
  const [label, place] = [i % 2, (i >> 1) % 8];
  const pixels = Array.from({ length: 64 }, (_, p) => ((label === 0 ? p >> 3 : p % 8) === place ? 255 : 0));
  return { pixels, label };
});

beforeAll(() => writeIdxFolder(join(folder, "lines"), lines));

test.each(modelNames)(
  "%s learns to tell lines across from lines down, augmented and with weights from its file",
  async (model) => {
    const args = [
      "train",
      "--model",
      model,
      "--dataset",
      "mnist",
      "--data-dir",
      "lines",
      "--augment",
      "--batch-size",
      "16",
    ];
    const trained = await pointwiseHere([...args, "--epochs", "8", "--lr", "0.01", "--out", model], folder);
    const stderr =
      "warning: No training sample is of the classes 2, 3, 4, 5, 6 and 3 more: the model cannot learn them.\n";
    expect(trained).toMatchObject({ code: 0, stderr });
    const last = readFileSync(join(folder, model, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .at(-1)!;
    expect(JSON.parse(last)).toMatchObject({ event: "test", samples: 160 });
    expect(JSON.parse(last).testAccuracy).toBeGreaterThan(0.95);
  },
);
