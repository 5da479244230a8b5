import { type Rng, UsageError } from "@pointwise/tensor";
import type { TensorDataset } from "../tensor-dataset.ts";
import { checkSamples, pointsOnCurves } from "./points-on-curves.ts";

/**
 * Points on the arms of a spiral, one arm a class: inputs float32 [samples, 2] within the unit circle, targets int32 [samples].
 * The radius runs from 0 to 1, and each arm turns by 4 radians; noise is added to the angle.
 * @see https://cs231n.github.io/neural-networks-case-study/
 * @param samples of all classes together; classes differ by at most one sample, and are sorted by class.
 * @param noise standard deviation of the angle, in radians.
 * @throws UsageError for numbers that cannot work.
 */
export function spiral({
  samples = 300,
  classes = 3,
  noise = 0.2,
  rng,
}: {
  readonly samples?: number;
  readonly classes?: number;
  readonly noise?: number;
  readonly rng: Rng;
}): TensorDataset {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new UsageError(`spiral: needs a whole number of classes from 1 on, but got ${classes}.`);
  }
  checkSamples("spiral", samples, classes, noise);
  const wobble = rng.normal([samples], { std: noise, dtype: "float64" }).data;
  return pointsOnCurves(samples, classes, ({ index, along, label }) => {
    const angle = 4 * (label + along) + wobble[index]!;
    return [along * Math.sin(angle), along * Math.cos(angle)];
  });
}
