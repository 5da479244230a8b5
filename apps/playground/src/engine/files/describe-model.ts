import { toHash } from "../../experiment/permalink.ts";
import type { Session } from "../session.ts";
import type { TrainingData } from "../training-data.ts";

/** What a file is, for whoever uses it: where it comes from, what the input must be, and what the output is. */
export function describeModel(session: Session): string {
  const { data, experiment, weightsFile } = session;
  const { classes } = data;
  return [
    "Trained on the Pointwise playground.",
    `input: ${describeInput(data)}`,
    `output: float32 [batch, ${classes.length}]: a score for each class, of which softmax makes probabilities; classes: ${classes.join(", ")}`,
    `experiment: ${toHash(experiment)}`,
    `weights: after ${session.lastBatch?.step ?? 0} of ${session.totalSteps} steps${weightsFile === undefined ? "" : `, which began with ${weightsFile}`}`,
  ].join("\n");
}

/** The model was trained on samples that were normalised, which it does not do itself. */
export function describeInput({
  inputShape,
  mean,
  std,
  features,
}: Pick<TrainingData, "inputShape" | "mean" | "std" | "features">): string {
  const isPicture = inputShape.length === 3;
  const channels = inputShape[0] === 1 ? "one grey channel" : "channels red, green, blue";
  const what = isPicture
    ? `pictures as [batch, channels, height, width] with ${channels}, pixels scaled to 0…1`
    : features
      ? `rows of the features ${features.join(", ")}`
      : "points x, y";
  const normalized = mean.every((m) => m === 0) && std.every((s) => s === 1);
  const then = normalized
    ? "as they are"
    : `then (x - mean) / std for each ${isPicture ? "channel" : "feature"}, with mean ${list(mean)} and std ${list(std)}`;
  return `float32 [batch, ${inputShape.join(", ")}]: ${what}, ${then}`;
}

/** With as many digits as a float32 has, which is what samples are normalised with. */
const list = (xs: readonly number[]): string => `[${xs.map((x) => Number(x.toPrecision(9))).join(", ")}]`;
