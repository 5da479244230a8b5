import { noGrad } from "@pointwise/autograd";
import { Conv2d, Parameter } from "@pointwise/layers";
import { Rng, tensor } from "@pointwise/tensor";
import { largestDifference } from "../mix/both-layers.ts";
import type { SlideNumbers } from "./numbers.ts";
import { pictureSide, type SlideSetting } from "./setting.ts";

/** The output map [side, side] by Conv2d of @pointwise/layers. */
export function convolveByLayer(setting: SlideSetting, numbers: SlideNumbers): Float32Array {
  return noGrad(() => {
    const { channels, kernelSize: k, stride, padding } = setting;
    const conv = new Conv2d(channels, 1, k, { stride, padding, rng: new Rng() }); // its numbers are replaced at once
    conv.weight = new Parameter(tensor(numbers.kernel, { shape: [1, channels, k, k] }));
    conv.bias = new Parameter(tensor([numbers.bias]));
    const x = tensor(numbers.picture, { shape: [1, channels, pictureSide, pictureSide] });
    return Float32Array.from(conv.forward(x).data);
  });
}

/** The largest difference between a map filled place by place and the layer's. */
export function differenceToLayer(setting: SlideSetting, numbers: SlideNumbers, output: Float32Array): number {
  return largestDifference(output, convolveByLayer(setting, numbers));
}
