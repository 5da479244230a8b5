import { flatten, formatShape, ShapeError, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Features } from "../chain.ts";
import { inputError } from "../input-error.ts";
import { Module } from "../module.ts";

/**
 * Merges dimensions into one; all but the batch's unless said otherwise: [N, C, H, W] to [N, C·H·W].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html
 */
export class Flatten extends Module {
  declare readonly chain?: ChainRule<"Flatten", unknown, Features>;
  readonly startDim: number;
  readonly endDim: number;

  constructor(startDim = 1, endDim = -1) {
    super();
    this.startDim = startDim;
    this.endDim = endDim;
  }

  override forward(x: Tensor): Tensor {
    const [start, end] = [this.startDim, this.endDim].map((dim) => (dim < 0 ? dim + x.rank : dim));
    if (!(0 <= start! && start! <= end! && end! < x.rank)) {
      const problem = `merges dimensions ${this.startDim} to ${this.endDim}, which ${formatShape(x.shape)} does not have`;
      throw inputError(ShapeError, this, problem, "The first dimension, 0, is that of the batch.");
    }
    return flatten(x, this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return this.startDim === 1 && this.endDim === -1 ? "" : `${this.startDim}, ${this.endDim}`;
  }
}
