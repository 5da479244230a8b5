import { formatShape, fromData, type Shape, type Tensor, UsageError } from "@pointwise/tensor";
import { decodePng, type Picture } from "./decode-png.ts";
import { readBytes } from "./read-file.ts";
import { resizeByArea } from "./resize-by-area.ts";

export interface ImageOptions {
  /** [1, height, width] for grey, [3, height, width] for red, green and blue. */
  readonly inputShape: Shape;
  /** Of each channel: what the model's training samples were normalised with. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Whether to swap dark and light: MNIST's digits are light on dark, those on paper dark on light. */
  readonly invert?: boolean;
}

/**
 * Reads a PNG file as a model's input float32 [1, C, H, W]: what is transparent lies on white, and colours become grey where the
 * model wants that; it is resized by averaging areas (stretched if its proportions differ), scaled to 0…1 and normalised.
 * @throws UsageError if there is no such file or the model reads no pictures, FormatError if the file is no PNG or damaged.
 */
export function readImage(file: string, { inputShape, mean, std, invert = false }: ImageOptions): Tensor {
  const [channels, height, width] = inputShape;
  if (inputShape.length !== 3 || (channels !== 1 && channels !== 3) || !height || !width) {
    throw new UsageError(
      `A picture has the shape [1, height, width] or [3, height, width], but the model's samples have ${formatShape(inputShape)}.`,
    );
  }
  const picture = decodePng(readBytes(file, "Name a PNG file."), file);
  const out = new Float32Array(channels * height * width);
  for (let c = 0; c < channels; c++) {
    const weights = channels === 1 ? LUMA : [0, 1, 2].map((colour) => (colour === c ? 1 : 0));
    const plane = resizeByArea(mixColours(picture, weights), [picture.height, picture.width], [height, width]);
    const normalized = plane.map((value) => ((invert ? 255 - value : value) / 255 - mean[c]!) / std[c]!);
    out.set(normalized, c * height * width);
  }
  return fromData(out, [1, channels, height, width], "float32");
}

/** What red, green and blue contribute to grey. @see https://www.itu.int/rec/R-REC-BT.601 */
const LUMA = [0.299, 0.587, 0.114];

/** A weighted sum of the colours of each pixel on white, 0 to 255. */
function mixColours({ rgba, width, height }: Picture, weights: readonly number[]): Float32Array {
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const mixed = weights[0]! * rgba[4 * i]! + weights[1]! * rgba[4 * i + 1]! + weights[2]! * rgba[4 * i + 2]!;
    const opacity = rgba[4 * i + 3]! / 255;
    out[i] = opacity * mixed + (1 - opacity) * 255;
  }
  return out;
}
