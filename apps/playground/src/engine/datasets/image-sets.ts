import { channelStatistics, ImageDataset, type LabelledImages } from "@pointwise/data";
import type { TrainingData } from "../training-data.ts";

/** The first `heldOut` pictures of an order are held out, the rest are trained on; both are normalised by the statistics of the rest. */
export function splitImages(
  images: LabelledImages,
  order: Int32Array,
  heldOut: number,
  classes: readonly string[],
): TrainingData {
  const train = pick(images, order.subarray(heldOut));
  const test = pick(images, order.subarray(0, heldOut));
  const statistics = channelStatistics(train);
  return {
    train: new ImageDataset(train, statistics),
    test: new ImageDataset(test, statistics),
    inputShape: images.shape.slice(1),
    classes,
    ...statistics,
  };
}

function pick({ pixels, shape, labels }: LabelledImages, indices: Int32Array): LabelledImages {
  const [, channels, height, width] = shape;
  const size = channels * height * width;
  const picked = new Uint8Array(indices.length * size);
  for (const [i, index] of indices.entries()) picked.set(pixels.subarray(index * size, (index + 1) * size), i * size);
  return {
    pixels: picked,
    shape: [indices.length, channels, height, width],
    labels: Int32Array.from(indices, (i) => labels[i]!),
  };
}
