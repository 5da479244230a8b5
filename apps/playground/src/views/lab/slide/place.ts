import type { SlideNumbers } from "./numbers.ts";
import { outputSide, pictureSide, type SlideSetting } from "./setting.ts";

/** What one slice of the kernel does at one place. All arrays are [k, k]. */
export interface SliceSum {
  /** What lies under the slice; 0 in the padding. */
  readonly window: readonly number[];
  readonly weights: readonly number[];
  readonly products: readonly number[];
  /** Σ products: one pixel of this channel's partial map. */
  readonly sum: number;
}

export interface Place {
  /** In the output map. */
  readonly row: number;
  readonly column: number;
  /** The window's upper left corner in the padded picture. */
  readonly top: number;
  readonly left: number;
  /** One for each channel. */
  readonly slices: readonly SliceSum[];
  readonly bias: number;
  /** Σ of the slices' sums + bias: one pixel of the output map. */
  readonly total: number;
}

/** The kernel at place `index` of the output map, in reading order. */
export function placeAt(setting: SlideSetting, numbers: SlideNumbers, index: number): Place {
  const side = outputSide(setting);
  const [row, column] = [Math.floor(index / side), index % side];
  const [top, left] = [row * setting.stride, column * setting.stride];
  const slices = Array.from({ length: setting.channels }, (_, c) => sliceSum(setting, numbers, c, top, left));
  const total = slices.reduce((sum, slice) => sum + slice.sum, numbers.bias);
  return { row, column, top, left, slices, bias: numbers.bias, total };
}

function sliceSum(setting: SlideSetting, numbers: SlideNumbers, channel: number, top: number, left: number): SliceSum {
  const { kernelSize: k, padding } = setting;
  const weights = [...numbers.kernel.subarray(channel * k * k, (channel + 1) * k * k)];
  const window = weights.map((_, i) =>
    pixelAt(numbers.picture, channel, top + Math.floor(i / k) - padding, left + (i % k) - padding),
  );
  const products = weights.map((weight, i) => weight * window[i]! + 0); // never −0
  return { window, weights, products, sum: products.reduce((sum, product) => sum + product, 0) };
}

/** 0 outside the picture: that is the padding. */
function pixelAt(picture: Float32Array, channel: number, y: number, x: number): number {
  const inside = y >= 0 && y < pictureSide && x >= 0 && x < pictureSide;
  return inside ? picture[(channel * pictureSide + y) * pictureSide + x]! : 0;
}
