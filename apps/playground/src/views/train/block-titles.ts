import type { BlockKind } from "../../blocks/block.ts";

export const blockTitles: Readonly<Record<BlockKind, string>> = {
  conv: "Convolution",
  conv1x1: "1×1 convolution",
  maxPool: "Max pool",
  avgPool: "Average pool",
  globalAvgPool: "Global average pool",
  batchNorm: "Batch norm",
  flatten: "Flatten",
  dense: "Dense",
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  gelu: "GELU",
  silu: "SiLU",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  dropout: "Dropout",
};

/** Of the numbers in a block. */
export const numberTitles: Readonly<Record<string, string>> = {
  channels: "Channels",
  features: "Features",
  kernel: "Kernel",
  stride: "Stride",
  padding: "Padding",
  window: "Window",
  p: "Share dropped",
};
