import { noGrad } from "@pointwise/autograd";
import { Conv2d, type Sequential } from "@pointwise/layers";
import { abs, add, amax, conv2d, narrow, reshape, sub, type Tensor } from "@pointwise/tensor";
import { type Grid, gridOf } from "./grid.ts";

/** One kernel at work: it has one slice for each input channel, and the slices' maps are summed to one output map. */
export interface KernelMaps {
  /** As it is made, such as `Conv2d(8, 16, 5)`. */
  readonly layer: string;
  /** The number of the kernel, counted from 0. */
  readonly kernel: number;
  readonly digit: number;
  readonly picture: Grid;
  readonly channels: readonly { readonly input: Grid; readonly slice: Grid; readonly map: Grid }[];
  readonly bias: number;
  /** The sum of the channels' maps, and the bias. */
  readonly sum: Grid;
  /** Between `sum` and what the layer itself gives. */
  readonly largestDifference: number;
}

/**
 * Takes one kernel of a model apart, at one picture [1, 1, H, W]: the kernel whose map is the strongest.
 * @param layer the number of a Conv2d with a bias, one stride and no padding
 */
export function kernelMaps(model: Sequential, layer: number, picture: Tensor, digit: number): KernelMaps {
  return noGrad(() => {
    const conv = model.layers[layer];
    if (!(conv instanceof Conv2d) || !conv.bias) throw new Error(`Layer ${layer} is no Conv2d with a bias.`);
    const input = model.layers.slice(0, layer).reduce((x, before) => before.forward(x), picture);
    const output = conv.forward(input);
    const strongest = [...amax(output, [0, 2, 3]).data];
    const kernel = strongest.indexOf(Math.max(...strongest));
    const weight = narrow(conv.weight, 0, kernel, 1);
    const bias = conv.bias.data[kernel]!;
    const maps: Tensor[] = [];
    const channels = Array.from({ length: conv.inChannels }, (_, c) => {
      const map = conv2d(narrow(input, 1, c, 1), narrow(weight, 1, c, 1));
      maps.push(map);
      return { input: gridOf(input, c), slice: gridOf(weight, c), map: gridOf(map) };
    });
    const sum = add(
      maps.reduce((a, b) => add(a, b)),
      bias,
    );
    const [height, width] = [sum.shape[2]!, sum.shape[3]!];
    const whole = reshape(narrow(output, 1, kernel, 1), [1, 1, height, width]);
    return {
      layer: `Conv2d(${conv.extraRepr()})`,
      kernel,
      digit,
      picture: gridOf(picture),
      channels,
      bias,
      sum: gridOf(sum),
      largestDifference: amax(abs(sub(sum, whole))).item(),
    };
  });
}
