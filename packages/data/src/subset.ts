import type { Tensor } from "@pointwise/tensor";
import { checkIndices, type Dataset, type Indices } from "./dataset.ts";

/**
 * Some samples of another dataset, in the order given, without a copy; a sample may be there more than once.
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset
 */
export class Subset implements Dataset {
  readonly dataset: Dataset;
  readonly indices: Int32Array;

  /** @throws UsageError for a number that no sample of `dataset` has. */
  constructor(dataset: Dataset, indices: Indices) {
    checkIndices(indices, dataset.length, "Subset");
    this.dataset = dataset;
    this.indices = Int32Array.from(indices);
  }

  get length(): number {
    return this.indices.length;
  }

  batch(indices: Indices): [inputs: Tensor, targets: Tensor] {
    checkIndices(indices, this.length, "Subset.batch");
    return this.dataset.batch(Int32Array.from(indices, (i) => this.indices[i]!));
  }
}
