import type { ColorScale } from "../../../ui/color-scale.ts";

/** From black to the channel's own colour, in both themes: red, green, blue. */
export const channelScales: readonly ColorScale[] = [
  (value) => [value * 255, value * 45, value * 45],
  (value) => [value * 40, value * 205, value * 70],
  (value) => [value * 70, value * 130, value * 255],
];
