/** x [outer, width, inner], along the dimension of `width`. */
export interface SoftmaxSpec {
  readonly outer: number;
  readonly width: number;
  readonly inner: number;
}

/** What is computed of each line. */
export interface LineOutputs {
  readonly y?: "softmax" | "logSoftmax" | undefined;
  /** log Σ eˣ minus the value at the line's label: the losses. The number tells `refuseIndex` which check it is. */
  readonly labelCheck?: number | undefined;
}

/** What the code for some neighbouring lines is called with. Those that the outputs do not need are not used. */
export const linesParameters = {
  params: [
    "i32", // x, at the first line
    "i32", // y
    "i32", // labels
    "i32", // losses
    "i32", // how many lines came before
  ],
} as const;

export const linesKey = ({ outer, width, inner }: SoftmaxSpec, { y, labelCheck }: LineOutputs): string =>
  `${[outer, width, inner]} ${y} ${labelCheck}`;
