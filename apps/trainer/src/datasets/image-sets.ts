import { channelStatistics, ImageDataset, type LabelledImages } from "@pointwise/data";
import type { LoadedDataset } from "./loaded-dataset.ts";

interface ImageSets {
  readonly name: string;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly classes: readonly string[];
  readonly source: string;
}

/** Pictures to train on and held out, both normalised by the statistics of the first. */
export function fromImages({ name, train, test, classes, source }: ImageSets): LoadedDataset {
  const statistics = channelStatistics(train);
  return {
    name,
    train: new ImageDataset(train, statistics),
    test: new ImageDataset(test, statistics),
    classes,
    inputShape: train.shape.slice(1),
    ...statistics,
    source,
  };
}

/** Pictures of the same size, one after another. */
export function joinImages(parts: readonly [LabelledImages, ...LabelledImages[]]): LabelledImages {
  const [, ...size] = parts[0].shape;
  const n = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const joined = {
    pixels: new Uint8Array(parts.reduce((sum, part) => sum + part.pixels.length, 0)),
    shape: [n, ...size] as const,
    labels: new Int32Array(n),
  };
  let [pixels, labels] = [0, 0];
  for (const part of parts) {
    joined.pixels.set(part.pixels, pixels);
    joined.labels.set(part.labels, labels);
    pixels += part.pixels.length;
    labels += part.labels.length;
  }
  return joined;
}

/** The pictures with these numbers, in this order. */
export function pickImages({ pixels, shape, labels }: LabelledImages, indices: Int32Array): LabelledImages {
  const [, ...size] = shape;
  const bytes = size.reduce((product, d) => product * d, 1);
  const picked = new Uint8Array(indices.length * bytes);
  for (const [i, index] of indices.entries())
    picked.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes);
  return { pixels: picked, shape: [indices.length, ...size], labels: Int32Array.from(indices, (i) => labels[i]!) };
}
