/** Pictures as bytes, and the class of each: what the readers of image files give, and `ImageDataset` takes. */
export interface LabelledImages {
  /** Row-major, 0 to 255. */
  readonly pixels: Uint8Array;
  readonly shape: readonly [n: number, channels: number, height: number, width: number];
  /** Class indices [N]. */
  readonly labels: Int32Array;
}
