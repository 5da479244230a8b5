import { inChannels, type Mixing } from "./mixing.ts";
import type { Picture } from "./pictures.ts";

export interface PixelSum {
  /** One for each input channel. */
  readonly terms: readonly { readonly weight: number; readonly value: number }[];
  readonly bias: number;
  readonly total: number;
}

/** The channel values at one pixel (0 is the upper left one, in reading order). */
export function pixelValues({ side, channels }: Picture, pixel: number): number[] {
  return Array.from({ length: inChannels }, (_, c) => channels[c * side * side + pixel]!);
}

/** How output channel `row` comes about at a pixel: Σ weight·value + bias. */
export function pixelSum(picture: Picture, { weights, bias }: Mixing, row: number, pixel: number): PixelSum {
  const terms = pixelValues(picture, pixel).map((value, c) => ({ weight: weights[row * inChannels + c]!, value }));
  const total = terms.reduce((sum, { weight, value }) => sum + weight * value, bias[row]!);
  return { terms, bias: bias[row]!, total };
}
