import type { ColorScale } from "./pixel-image.ts";

const byte = (part: number): number => Math.round(255 * Math.min(1, Math.max(0, part)));

/** Black for the least value to white for the greatest, as digits are drawn. */
export function grayscale(values: readonly number[]): ColorScale {
  const [least, greatest] = extent(values);
  return (value) => {
    const gray = byte((value - least) / (greatest - least || 1));
    return [gray, gray, gray, 255];
  };
}

/**
 * Orange for positive and blue for negative values, the stronger the farther from 0, by the square root, so that small ones are seen;
 * 0 is transparent, so that it is right on light and on dark pages. The hues are told apart with any common colour blindness.
 */
export function diverging(values: readonly number[]): ColorScale {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (value) => {
    const opacity = byte(Math.sqrt(Math.abs(value) / (largest || 1)));
    return value >= 0 ? [232, 104, 12, opacity] : [37, 99, 235, opacity];
  };
}

/** From transparent at 0 to opaque at 1. */
export const certainty: ColorScale = (value) => [232, 104, 12, byte(value)];

/** In a loop: `Math.max(...values)` overflows the stack for large pictures. */
function extent(values: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}
