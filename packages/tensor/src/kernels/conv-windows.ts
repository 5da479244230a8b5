import type { Buffer } from "../op.ts";
import type { Conv2dAttrs } from "../ops/conv2d-options.ts";
import type { Shape } from "../shape.ts";

/**
 * A convolution as a product of matrices, one picture at a time: row m of the weights times the column of all that the
 * window at pixel p sees. That matrix of windows is never built: entry (t, p) of it is `picture[taps[t] + pixels[p]]` in a
 * picture that has its padding around it.
 */
export class ConvWindows {
  /** The number of maps that come out of one group. */
  readonly maps: number;
  /** For each weight of a map, what it is applied to, counted from the corner of a window. */
  readonly taps: Int32Array;
  /** For each pixel of a map, the corner of its window. */
  readonly pixels: Int32Array;
  /** One padded picture [channels, height, width]. */
  readonly picture: Float64Array;
  /** How far the channels of one group lie from those of the next in the picture. */
  readonly groupStep: number;
  private readonly shape: Shape;
  private readonly paddedHeight: number;
  private readonly paddedWidth: number;
  /** Where the first pixel lies within the padding. */
  private readonly origin: number;

  /** From the shapes of the pictures [N, C, H, W], the weights and the maps that come out. */
  constructor(pictures: Shape, weights: Shape, maps: Shape, attrs: Conv2dAttrs) {
    const [, channels, height, width] = pictures as [number, number, number, number];
    const [outputs, groupChannels, kernelHeight, kernelWidth] = weights as [number, number, number, number];
    const [[top, bottom], [left, right]] = attrs.padding;
    this.shape = pictures;
    this.maps = outputs / attrs.groups;
    this.paddedHeight = height + top + bottom;
    this.paddedWidth = width + left + right;
    this.origin = top * this.paddedWidth + left;
    const plane = this.paddedHeight * this.paddedWidth;
    this.picture = new Float64Array(channels * plane);
    this.groupStep = groupChannels * plane;
    const [rowStep, columnStep] = [attrs.dilation[0] * this.paddedWidth, attrs.dilation[1]];
    this.taps = grid([groupChannels, kernelHeight, kernelWidth], [plane, rowStep, columnStep]);
    this.pixels = grid([1, maps[2]!, maps[3]!], [0, attrs.stride[0] * this.paddedWidth, attrs.stride[1]]);
  }

  /** Makes `picture` the n-th of the pictures. */
  load({ data }: Buffer, n: number): void {
    const [, channels, height, width] = this.shape as [number, number, number, number];
    let from = n * channels * height * width;
    for (let row = 0; row < channels * height; row++) {
      const to = this.rowStart(row, height);
      for (let x = 0; x < width; x++) this.picture[to + x] = data[from++]!;
    }
  }

  /** Writes `picture`, without its padding, as the n-th of the pictures. */
  store({ data }: Buffer, n: number): void {
    const [, channels, height, width] = this.shape as [number, number, number, number];
    let to = n * channels * height * width;
    for (let row = 0; row < channels * height; row++) {
      const from = this.rowStart(row, height);
      for (let x = 0; x < width; x++) data[to++] = this.picture[from + x]!;
    }
  }

  private rowStart(row: number, height: number): number {
    const channel = Math.floor(row / height);
    return this.origin + (row + channel * (this.paddedHeight - height)) * this.paddedWidth;
  }
}

/** The offsets of all points of a three-dimensional grid, the last dimension fastest. */
export function grid(sizes: readonly [number, number, number], steps: readonly [number, number, number]): Int32Array {
  const offsets = new Int32Array(sizes[0] * sizes[1] * sizes[2]);
  let at = 0;
  for (let i = 0; i < sizes[0]; i++) {
    for (let j = 0; j < sizes[1]; j++) {
      for (let k = 0; k < sizes[2]; k++) offsets[at++] = i * steps[0] + j * steps[1] + k * steps[2];
    }
  }
  return offsets;
}
