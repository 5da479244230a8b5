import { Rng } from "@pointwise/tensor";
import { mostChannels, pictureSide, type SlideSetting } from "./setting.ts";

/** Small whole numbers, so that every sum can be checked in the head and is exact in float32. */
export interface SlideNumbers {
  /** [channels, pictureSide, pictureSide], 0 to 3 */
  readonly picture: Float32Array;
  /** One kernel: [channels, k, k], −2 to 2 */
  readonly kernel: Float32Array;
  /** −2 to 2, not 0, so that one sees it added */
  readonly bias: number;
}

const largestKernel = 5;
const notZero = [-2, -1, 1, 2];

/** The same seed gives the same picture whatever the setting, and a smaller kernel is the larger one's middle. */
export function drawNumbers({ channels, kernelSize, seed }: SlideSetting): SlideNumbers {
  const rng = new Rng(seed);
  const picture = rng.randint([mostChannels * pictureSide ** 2], 0, 4).data;
  const slices = rng.randint([mostChannels * largestKernel ** 2], -2, 3).data;
  const [bias, ...centres] = Array.from(rng.randint([1 + mostChannels], 0, notZero.length).data, (i) => notZero[i]!);
  // A 1×1 kernel is the centres alone: were one of them 0, nothing would be seen of its channel.
  for (const [c, centre] of centres.entries()) slices[(c + 0.5) * largestKernel ** 2 - 0.5] = centre;
  return {
    picture: Float32Array.from(picture.slice(0, channels * pictureSide ** 2)),
    kernel: middles(slices, channels, kernelSize),
    bias: bias!,
  };
}

/** The k × k numbers in the middle of each slice of 5 × 5. */
function middles(slices: ArrayLike<number>, channels: number, k: number): Float32Array {
  const edge = (largestKernel - k) / 2;
  return Float32Array.from({ length: channels * k * k }, (_, i) => {
    const [c, y, x] = [Math.floor(i / (k * k)), Math.floor(i / k) % k, i % k];
    return slices[(c * largestKernel + edge + y) * largestKernel + edge + x]!;
  });
}
