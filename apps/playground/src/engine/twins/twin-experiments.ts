import { type Block, makeBlock } from "../../blocks/block.ts";
import { type Experiment, experimentNumbers } from "../../experiment/experiment.ts";

export const twinNames = ["dense", "pointwise"] as const;
export type TwinName = (typeof twinNames)[number];

/** A digit's picture. */
export const digitShape = [1, 28, 28] as const;
export const digitClasses = 10;

/** Of the map that the heads get, [32, 4, 4]. */
const mapChannels = 32;

/** Pixels between the windows of neighbouring places of that map: the body halves the picture once. */
export const bodyStride = 2;

/**
 * [1, 28, 28] to [32, 4, 4], as the trainer's twins have it. Each place of the map sees 22×22 pixels, most of a digit: the pooled head needs
 * that, for it averages what single places say. There is no padding, so that nothing sees the border of the picture, and a window of a
 * larger picture gives the same as the window cut out.
 */
const body: readonly Block[] = [
  makeBlock("conv", { channels: 8, kernel: 5, padding: 0 }),
  makeBlock("relu"),
  makeBlock("maxPool", { window: 2 }),
  makeBlock("conv", { channels: 16, kernel: 5, padding: 0 }),
  makeBlock("relu"),
  makeBlock("conv", { channels: mapChannels, kernel: 5, padding: 0 }),
  makeBlock("relu"),
];

/** What makes the map into ten scores. */
export const heads: Readonly<Record<TwinName, readonly Block[]>> = {
  dense: [makeBlock("flatten"), makeBlock("dense", { features: digitClasses })],
  pointwise: [makeBlock("conv1x1", { channels: digitClasses }), makeBlock("globalAvgPool")],
};

/** Everything but the head is the same: weights of the body, batches, optimizer. The seed is that of all of it. */
export function twinExperiment(name: TwinName, seed: number): Experiment {
  return {
    data: { kind: "digits" },
    blocks: [...body, ...heads[name]],
    optimizer: "adam",
    lr: 0.01,
    momentum: experimentNumbers.momentum.usual,
    weightDecay: 0,
    schedule: "one-cycle",
    batchSize: 64,
    epochs: 3,
    seed,
  };
}
