import { Conv1x1, type Sequential } from "@pointwise/layers";
import type { Grid } from "./grid.ts";

/** The weights of a 1×1 convolution: how much of each input channel goes into each output channel. */
export interface MixingMatrix {
  /** As it is made, such as `Conv1x1(32, 10)`. */
  readonly layer: string;
  /** A row for each output channel, a column for each input channel. */
  readonly weights: Grid;
}

/** That of the model's last 1×1 convolution. */
export function mixingMatrix(model: Sequential): MixingMatrix {
  const conv = model.layers.findLast((layer) => layer instanceof Conv1x1);
  if (!conv) throw new Error("The model has no Conv1x1.");
  const { outChannels: height, inChannels: width } = conv;
  return { layer: `Conv1x1(${conv.extraRepr()})`, weights: { height, width, values: Array.from(conv.weight.data) } };
}
