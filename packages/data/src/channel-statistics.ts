import { formatShape, UsageError } from "@pointwise/tensor";
import type { LabelledImages } from "./labelled-images.ts";

/** Of all pixels of each channel, scaled to 0…1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  /** The standard deviation (over N, not N − 1); 1 for a channel whose pixels are all the same, so that it can be divided by. */
  readonly std: readonly number[];
}

/**
 * What to normalise pictures with. Take it of the training set, and use it for the test set too.
 * @throws UsageError if there are no pixels.
 */
export function channelStatistics({ pixels, shape }: LabelledImages): ChannelStatistics {
  const [, channels, height, width] = shape;
  if (pixels.length === 0) throw new UsageError(`channelStatistics: pictures ${formatShape(shape)} have no pixels.`);
  const counts = new Float64Array(channels * 256);
  for (let from = 0, channel = 0; from < pixels.length; channel = (channel + 1) % channels) {
    for (const end = from + height * width; from < end; from++) counts[channel * 256 + pixels[from]!]!++;
  }
  const perChannel = Array.from({ length: channels }, (_, c) => momentsOf(counts.subarray(c * 256, (c + 1) * 256)));
  return { mean: perChannel.map((m) => m.mean), std: perChannel.map((m) => m.std || 1) };
}

function momentsOf(counts: Float64Array): { mean: number; std: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, byte) => sum + (count * byte) / 255, 0) / total;
  const variance = counts.reduce((sum, count, byte) => sum + count * (byte / 255 - mean) ** 2, 0) / total;
  // One value only: its mean is inexact, so that the variance is not quite 0.
  return { mean, std: counts.includes(total) ? 0 : Math.sqrt(variance) };
}
