import { type Rng, type Tensor, UsageError } from "@pointwise/tensor";
import type { Dataset } from "./dataset.ts";
import type { Transform } from "./transforms/transform.ts";

export interface DataLoaderOptions {
  readonly batchSize: number;
  /** Whether each pass goes through the samples in a fresh random order; false unless said otherwise. */
  readonly shuffle?: boolean;
  /** Needed for shuffling. It advances by one draw a pass. */
  readonly rng?: Rng;
  /** Whether to leave out a last batch that is smaller than the others; false unless said otherwise. */
  readonly dropLast?: boolean;
  /** Applied to the inputs [B, ...] of each batch. */
  readonly transform?: Transform;
}

/**
 * Goes through a dataset in batches of inputs [B, ...] and targets [B, ...]. Each `for … of` is one pass over all samples.
 *
 * All that varies is in `rng`, which is the caller's, and which the order of a pass is drawn from when the pass begins. So a
 * run can go on where it was: save `rng.stateDict()` before a pass, and load it to see that pass again.
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
 */
export class DataLoader implements Iterable<[inputs: Tensor, targets: Tensor]> {
  readonly dataset: Dataset;
  /** The number of batches in a pass. */
  readonly length: number;
  private readonly batchSize: number;
  private readonly shuffleBy: Rng | undefined;
  private readonly transform: Transform | undefined;

  /** @throws UsageError for a batch size that is no whole number from 1, shuffling without `rng`, or no batch at all. */
  constructor(dataset: Dataset, { batchSize, shuffle = false, rng, dropLast = false, transform }: DataLoaderOptions) {
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new UsageError(`DataLoader: batchSize must be a whole number from 1 on, but is ${batchSize}.`);
    }
    if (shuffle && !rng) {
      throw new UsageError(
        "DataLoader: shuffling needs a source of randomness: pass { shuffle: true, rng: new Rng(seed) }.",
      );
    }
    if (dropLast && dataset.length < batchSize) {
      throw new UsageError(
        `DataLoader: dropLast leaves no batch at all, for the dataset's ${dataset.length} samples do not fill one of ${batchSize}. ` +
          "Use a smaller batchSize, or dropLast: false.",
      );
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffleBy = shuffle ? rng : undefined;
    this.transform = transform;
    this.length = dropLast ? Math.floor(dataset.length / batchSize) : Math.ceil(dataset.length / batchSize);
  }

  *[Symbol.iterator](): Generator<[inputs: Tensor, targets: Tensor], void, void> {
    const samples = this.dataset.length;
    const order = this.shuffleBy
      ? Int32Array.from(this.shuffleBy.permutation(samples).data)
      : Int32Array.from({ length: samples }, (_, i) => i);
    for (let batch = 0; batch < this.length; batch++) {
      const start = batch * this.batchSize;
      const [x, y] = this.dataset.batch(order.subarray(start, start + this.batchSize));
      yield [this.transform ? this.transform(x) : x, y];
    }
  }
}
