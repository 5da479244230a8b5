import { compose, type Dataset, randomHorizontalFlip, randomShift, randomSplit, type Transform } from "@pointwise/data";
import { type Rng, UsageError } from "@pointwise/tensor";
import type { LoadedDataset } from "../datasets/index.ts";

/** A tenth of the training set. */
const validationPart = 0.1;

/**
 * Holds back a part of the training set at random. The test set is for the end only.
 * @throws UsageError if there are too few samples
 */
export function splitValidation({ name, train }: LoadedDataset, rng: Rng): [train: Dataset, validation: Dataset] {
  if (train.length < 2) {
    throw new UsageError(
      `${name} has ${train.length} training sample${train.length === 1 ? "" : "s"}, but at least 2 are needed: one to train on, and one for validation.`,
    );
  }
  const held = Math.max(1, Math.round(validationPart * train.length));
  const [first, second] = randomSplit(train, [train.length - held, held], rng);
  return [first!, second!]; // as many as there are lengths
}

/** Sets whose pictures mean the same when mirrored; digits do not. */
const mirrored = new Set(["cifar10", "fashion-mnist"]);

/**
 * Random shifts by up to 2 pixels, and mirroring where that makes sense.
 * @throws UsageError unless the samples are pictures
 */
export function augmentation({ name, inputShape, mean, std }: LoadedDataset, rng: Rng): Transform {
  if (inputShape.length !== 3) {
    throw new UsageError(`--augment shifts and mirrors pictures, but the samples of ${name} are none. Leave it out.`);
  }
  const black = mean.map((m, channel) => -m / std[channel]!); // as it is after normalisation
  const shift = randomShift(2, rng, { fill: black });
  return mirrored.has(name) ? compose(shift, randomHorizontalFlip(rng)) : shift;
}
