import { formatShape, fromData, ShapeError, sizeOf, type Tensor, UsageError } from "@pointwise/tensor";
import type { ChannelStatistics } from "./channel-statistics.ts";
import { checkIndices, type Dataset, type Indices } from "./dataset.ts";
import type { LabelledImages } from "./labelled-images.ts";

/**
 * Pictures kept as bytes, a quarter of the memory of float32. A batch is float32 [B, C, H, W], scaled to 0…1 and then normalised
 * to (value − mean) / std for each channel, and the class indices int32 [B].
 */
export class ImageDataset implements Dataset {
  readonly images: LabelledImages;
  readonly length: number;
  /** What each byte becomes, for each channel: [C, 256]. */
  private readonly table: Float32Array;

  /**
   * @param statistics of the scaled pixels, one number a channel; see {@link channelStatistics}. Without it values are 0...1.
   * @throws ShapeError if pixels, shape and labels do not fit together, UsageError for statistics that do not fit them.
   */
  constructor(images: LabelledImages, statistics?: ChannelStatistics) {
    const { pixels, shape, labels } = images;
    const [n, channels] = shape;
    if (pixels.length !== sizeOf(shape) || labels.length !== n) {
      throw new ShapeError(
        `ImageDataset: ${pixels.length} pixels and ${labels.length} labels do not fit the shape ${formatShape(shape)} of the pictures.`,
      );
    }
    const { mean, std } = statistics ?? { mean: Array(channels).fill(0), std: Array(channels).fill(1) };
    if (mean.length !== channels || std.length !== channels || !std.every((s) => s > 0)) {
      throw new UsageError(
        `ImageDataset: needs a mean and a standard deviation > 0 for each of ${channels} channels, but got mean = [${mean.join(", ")}] and std = [${std.join(", ")}].`,
      );
    }
    this.images = images;
    this.length = n;
    this.table = Float32Array.from({ length: channels * 256 }, (_, i) => {
      const channel = Math.floor(i / 256);
      return ((i % 256) / 255 - mean[channel]!) / std[channel]!;
    });
  }

  batch(indices: Indices): [inputs: Tensor, targets: Tensor] {
    checkIndices(indices, this.length, "ImageDataset.batch");
    const { pixels, shape, labels } = this.images;
    const [, channels, height, width] = shape;
    const plane = height * width;
    const x = new Float32Array(indices.length * channels * plane);
    for (let i = 0, to = 0; i < indices.length; i++) {
      let from = indices[i]! * channels * plane;
      for (let channel = 0; channel < channels; channel++) {
        for (let k = 0; k < plane; k++) x[to++] = this.table[channel * 256 + pixels[from++]!]!;
      }
    }
    const y = Int32Array.from(indices, (index) => labels[index]!);
    return [fromData(x, [indices.length, channels, height, width], "float32"), fromData(y, [y.length], "int32")];
  }
}
