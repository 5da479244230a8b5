import { pictureSide } from "./setting.ts";

export interface PaddedPixel {
  readonly value: number;
  /** Whether it is one of the zeros around the picture. */
  readonly isPadding: boolean;
}

/** A channel with its padding, (pictureSide + 2·padding)² pixels in reading order. */
export function padChannel(picture: Float32Array, channel: number, padding: number): PaddedPixel[] {
  const side = pictureSide + 2 * padding;
  return Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [Math.floor(i / side) - padding, (i % side) - padding];
    const isPadding = y < 0 || x < 0 || y >= pictureSide || x >= pictureSide;
    return { value: isPadding ? 0 : picture[(channel * pictureSide + y) * pictureSide + x]!, isPadding };
  });
}
