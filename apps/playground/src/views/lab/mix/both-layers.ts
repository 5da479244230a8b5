import { noGrad } from "@pointwise/autograd";
import { Conv1x1, Linear, Parameter } from "@pointwise/layers";
import { permute, Rng, reshape, tensor } from "@pointwise/tensor";
import { inChannels, type Mixing, outChannels } from "./mixing.ts";
import type { Picture } from "./pictures.ts";

export interface BothAnswers {
  /** Of the 1×1 convolution over the whole picture: [outChannels, side, side]. */
  readonly convolution: Float32Array;
  /** Of the dense layer, called with each pixel's channels, and put where the pixel is: [outChannels, side, side]. */
  readonly dense: Float32Array;
  /** max |convolution − dense| over all pixels and channels. */
  readonly largestDifference: number;
}

/** Runs both layers of @pointwise/layers with the same numbers over the picture. */
export function runBothLayers(picture: Picture, mixing: Mixing): BothAnswers {
  return noGrad(() => {
    const linear = new Linear(inChannels, outChannels, { rng: new Rng() }); // its numbers are replaced at once
    linear.weight = new Parameter(tensor(Float32Array.from(mixing.weights), { shape: [outChannels, inChannels] }));
    linear.bias = new Parameter(tensor(Float32Array.from(mixing.bias)));
    const { side, channels } = picture;
    const x = tensor(channels, { shape: [1, inChannels, side, side] });
    const pixels = permute(reshape(x, [inChannels, side * side]), [1, 0]);
    const convolution = Float32Array.from(Conv1x1.from(linear).forward(x).data);
    const dense = Float32Array.from(permute(linear.forward(pixels), [1, 0]).data);
    return { convolution, dense, largestDifference: largestDifference(convolution, dense) };
  });
}

/** max |a − b|; NaN if any of them is. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
