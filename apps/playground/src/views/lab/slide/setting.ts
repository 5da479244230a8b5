export const pictureSide = 7;
export const kernelSizes = [1, 3, 5] as const;
export const mostChannels = 4;
export const mostStride = 3;
export const mostPadding = 2;

/** A convolution with one output map over a picture of `pictureSide` × `pictureSide` pixels. */
export interface SlideSetting {
  readonly kernelSize: (typeof kernelSizes)[number];
  readonly channels: number;
  readonly stride: number;
  /** Zeros around the picture, on each side. */
  readonly padding: number;
  /** Of the numbers in picture, kernel and bias. */
  readonly seed: number;
}

export const initialSetting: SlideSetting = { kernelSize: 3, channels: 3, stride: 1, padding: 0, seed: 1 };

/** The output map's side: ⌊(side + 2·padding − k) / stride⌋ + 1. */
export function outputSide({ kernelSize, stride, padding }: SlideSetting): number {
  return Math.floor((pictureSide + 2 * padding - kernelSize) / stride) + 1;
}
