import type { SlideNumbers } from "./numbers.ts";
import { placeAt } from "./place.ts";
import { outputSide, type SlideSetting } from "./setting.ts";

export interface SlideMaps {
  readonly side: number;
  /** One for each channel, [side, side]. */
  readonly partial: readonly Float32Array[];
  /** The sum of the partial maps, plus the bias: [side, side]. */
  readonly output: Float32Array;
}

/** The maps when the kernel has been at all places. */
export function slideOver(setting: SlideSetting, numbers: SlideNumbers): SlideMaps {
  const side = outputSide(setting);
  const places = Array.from({ length: side * side }, (_, i) => placeAt(setting, numbers, i));
  return {
    side,
    partial: Array.from({ length: setting.channels }, (_, c) => Float32Array.from(places, (p) => p.slices[c]!.sum)),
    output: Float32Array.from(places, (p) => p.total),
  };
}
