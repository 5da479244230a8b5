import { type Tensor, UsageError } from "@pointwise/tensor";

/** Samples that can be asked for by number, each an input and a target. */
export interface Dataset {
  /** The number of samples. */
  readonly length: number;
  /**
   * The inputs [B, ...] and targets [B, ...] of the samples with these numbers, in this order, as fresh tensors.
   * @throws UsageError for a number that is not from 0 to length − 1.
   */
  batch(indices: Indices): [inputs: Tensor, targets: Tensor];
}

/** Sample numbers, counted from 0. */
export type Indices = Int32Array | readonly number[];

/** @throws UsageError that names `who` and the first number that no sample has. */
export function checkIndices(indices: Indices, length: number, who: string): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (Number.isInteger(index) && index >= 0 && index < length) continue;
    const range = length === 0 ? "it is empty" : `its samples are numbered 0 to ${length - 1}`;
    throw new UsageError(`${who}: there is no sample ${index} (at position ${i} of the indices); ${range}.`);
  }
}
