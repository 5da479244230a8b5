/** What a layer tells the summary about a call of itself, its children left out. */
export interface LayerCost {
  /** Multiply-accumulate operations. Left out by a layer with parameters, they count as unknown. */
  readonly macs?: number;
  /** How the number of parameters comes about; unless said, from the shapes of the parameters, as in `3·3·1·32 + 32`. */
  readonly formula?: string;
  /** What one place of the output sees of the input: a window, or everything. Unless said, its own place only. */
  readonly window?: Window | "all";
}

/** Sizes are [height, width]. */
export interface Window {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation?: readonly [number, number];
}
