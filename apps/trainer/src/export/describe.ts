import type { DataConfig } from "../training/config.ts";

/** What the input of a model must be, in words: it was trained on samples that were normalised, which the model does not do itself. */
export function describeInput({ inputShape, mean, std }: DataConfig): string {
  const isPicture = inputShape.length === 3;
  const what = isPicture
    ? `pictures as [batch, channels, height, width] with ${inputShape[0] === 1 ? "one grey channel" : "channels red, green, blue"}, pixels scaled to 0…1`
    : "rows of features";
  const normalized = mean.every((m) => m === 0) && std.every((s) => s === 1);
  const then = normalized
    ? "as they are"
    : `then (x - mean) / std for each ${isPicture ? "channel" : "feature"}, with mean ${list(mean)} and std ${list(std)}`;
  return `float32 [batch, ${inputShape.join(", ")}]: ${what}, ${then}`;
}

/** What the output of a model is, in words. */
export const describeOutput = ({ classes }: DataConfig): string =>
  `float32 [batch, ${classes.length}]: a score for each class, of which softmax makes probabilities; classes: ${classes.join(", ")}`;

const list = (xs: readonly number[]): string => `[${xs.map(shortest).join(", ")}]`;

/** With as few digits as give the same float32, which is what samples are normalised with. */
function shortest(x: number): string {
  let digits = 1;
  while (digits < 9 && Math.fround(Number(x.toPrecision(digits))) !== Math.fround(x)) digits++;
  return String(Number(x.toPrecision(digits)));
}
