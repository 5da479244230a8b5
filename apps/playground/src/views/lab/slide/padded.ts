import { pictureSide } from "./setting.ts";

/** A channel with its padding, (pictureSide + 2·padding)² pixels in reading order. */
export interface PaddedChannel {
  readonly values: readonly number[];
  /** Which of them are the zeros around the picture. */
  readonly isPadding: readonly boolean[];
}

export function padChannel(picture: Float32Array, channel: number, padding: number): PaddedChannel {
  const side = pictureSide + 2 * padding;
  const pixels = Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [Math.floor(i / side) - padding, (i % side) - padding];
    const isPadding = y < 0 || x < 0 || y >= pictureSide || x >= pictureSide;
    return { value: isPadding ? 0 : picture[(channel * pictureSide + y) * pictureSide + x]!, isPadding };
  });
  return { values: pixels.map(({ value }) => value), isPadding: pixels.map(({ isPadding }) => isPadding) };
}
