import { type Rng, UsageError } from "@pointwise/tensor";
import type { Dataset } from "./dataset.ts";
import { Subset } from "./subset.ts";

/**
 * Divides a dataset at random into parts of the given lengths, such as one to train on and one held out.
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split
 * @param lengths whole numbers that add up to the dataset's length.
 * @param rng advances by one draw; the same seed gives the same parts.
 * @throws UsageError unless the lengths add up.
 */
export function randomSplit(dataset: Dataset, lengths: readonly number[], rng: Rng): Subset[] {
  const total = lengths.reduce((sum, n) => sum + n, 0);
  if (!lengths.every((n) => Number.isInteger(n) && n >= 0) || total !== dataset.length) {
    throw new UsageError(
      `randomSplit: the lengths must be whole numbers that add up to the ${dataset.length} samples, but ` +
        `[${lengths.join(", ")}] add up to ${total}.`,
    );
  }
  const order = Int32Array.from(rng.permutation(dataset.length).data);
  let end = 0;
  return lengths.map((n) => {
    end += n;
    return new Subset(dataset, order.subarray(end - n, end));
  });
}
