import { type Block, makeBlock } from "../blocks/block.ts";
import { type DataChoice, type DataKind, noiseRule, pictureSizeRule } from "./data-choice.ts";
import { type Experiment, experimentNumbers } from "./experiment.ts";

/** What each kind of data starts with. */
export function chooseData(kind: DataKind): DataChoice {
  switch (kind) {
    case "spiral":
    case "moons":
      return { kind, noise: noiseRule.usual };
    case "images":
      return { kind, size: pictureSizeRule.usual };
    default:
      return { kind };
  }
}

/** An experiment that works for such data. */
export function presetFor(data: DataChoice, classes: number): Experiment {
  const usual = {
    data,
    optimizer: "adam",
    lr: 0.01,
    momentum: experimentNumbers.momentum.usual,
    weightDecay: 0,
    schedule: "one-cycle",
    seed: 0,
  } as const;
  if (data.kind === "digits") return { ...usual, blocks: smallConvNet(classes), batchSize: 64, epochs: 3 };
  if (data.kind === "images") return { ...usual, blocks: smallConvNet(classes), batchSize: 32, epochs: 30 };
  return { ...usual, blocks: denseNet(classes), batchSize: 32, epochs: 400 };
}

export const defaultExperiment: Experiment = presetFor({ kind: "digits" }, 10);

/** Two convolutions and a 1×1 convolution, then a dense layer. */
function smallConvNet(classes: number): Block[] {
  return [
    makeBlock("conv", { channels: 8 }),
    makeBlock("relu"),
    makeBlock("maxPool"),
    makeBlock("conv", { channels: 16 }),
    makeBlock("relu"),
    makeBlock("maxPool"),
    makeBlock("conv1x1", { channels: 16 }),
    makeBlock("relu"),
    makeBlock("flatten"),
    makeBlock("dense", { features: classes }),
  ];
}

function denseNet(classes: number): Block[] {
  return [
    makeBlock("dense", { features: 32 }),
    makeBlock("tanh"),
    makeBlock("dense", { features: 32 }),
    makeBlock("tanh"),
    makeBlock("dense", { features: classes }),
  ];
}
