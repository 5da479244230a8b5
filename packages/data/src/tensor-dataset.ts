import { formatShape, ShapeError, sizeOf, type Tensor, UsageError, zeros } from "@pointwise/tensor";
import { checkIndices, type Dataset, type Indices } from "./dataset.ts";
import { Subset } from "./subset.ts";

/**
 * Samples held as two tensors: inputs [N, ...] and targets [N, ...] of any dtypes, such as class indices int32 [N].
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.TensorDataset
 */
export class TensorDataset implements Dataset {
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly length: number;

  /** @throws ShapeError unless both have the same first dimension. */
  constructor(inputs: Tensor, targets: Tensor) {
    const length = inputs.shape[0];
    if (length === undefined || length !== targets.shape[0]) {
      throw new ShapeError(
        `TensorDataset: inputs ${formatShape(inputs.shape)} and targets ${formatShape(targets.shape)} must have the same ` +
          "first dimension: one target for each sample.",
      );
    }
    this.inputs = inputs;
    this.targets = targets;
    this.length = length;
  }

  batch(indices: Indices): [inputs: Tensor, targets: Tensor] {
    checkIndices(indices, this.length, "TensorDataset.batch");
    return [copyRows(this.inputs, indices), copyRows(this.targets, indices)];
  }

  /**
   * The samples with these numbers, in this order, without a copy.
   * @throws UsageError for a number that no sample has.
   */
  subset(indices: Indices): Subset {
    return new Subset(this, indices);
  }

  /**
   * The first `n` samples and the rest, without a copy. Where the samples are sorted by class, use {@link randomSplit}.
   * @throws UsageError unless 0 <= n <= length.
   */
  split(n: number): [first: Subset, rest: Subset] {
    if (!Number.isInteger(n) || n < 0 || n > this.length) {
      throw new UsageError(
        `TensorDataset.split: the first part must be a whole number of samples from 0 to ${this.length}, but is ${n}.`,
      );
    }
    const order = Int32Array.from({ length: this.length }, (_, i) => i);
    return [this.subset(order.subarray(0, n)), this.subset(order.subarray(n))];
  }
}

function copyRows(x: Tensor, indices: Indices): Tensor {
  const rowShape = x.shape.slice(1);
  const row = sizeOf(rowShape);
  const out = zeros([indices.length, ...rowShape], { dtype: x.dtype });
  const [to, from] = [out.data, x.data];
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i]! * row;
    if (row === 1) to[i] = from[start]!;
    else to.set(from.subarray(start, start + row), i * row);
  }
  return out;
}
