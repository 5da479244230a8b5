import type { Rng } from "@pointwise/tensor";
import type { TensorDataset } from "../tensor-dataset.ts";
import { checkSamples, pointsOnCurves } from "./points-on-curves.ts";

/**
 * Two half circles that reach into each other, one a class: inputs float32 [samples, 2], targets int32 [samples].
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
 * @param samples of both classes together; sorted by class.
 * @param noise standard deviation of what is added to each coordinate; the circles have radius 1.
 * @throws UsageError for numbers that cannot work.
 */
export function moons({
  samples = 100,
  noise = 0.1,
  rng,
}: {
  readonly samples?: number;
  readonly noise?: number;
  readonly rng: Rng;
}): TensorDataset {
  checkSamples("moons", samples, 2, noise);
  const shift = rng.normal([samples, 2], { std: noise, dtype: "float64" }).data;
  return pointsOnCurves(samples, 2, ({ index, along, label }) => {
    const [x, y] = [Math.cos(Math.PI * along), Math.sin(Math.PI * along)];
    const moon = label === 0 ? [x, y] : [1 - x, 0.5 - y];
    return [moon[0]! + shift[2 * index]!, moon[1]! + shift[2 * index + 1]!];
  });
}
