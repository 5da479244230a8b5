import { formatShape, ShapeError, softmax, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Same } from "../chain.ts";
import { checkFloat } from "../check-input.ts";
import { inputError } from "../input-error.ts";
import { Module } from "../module.ts";

/**
 * Probabilities along a dimension: 1 for the classes of [N, C] and of [N, C, H, W]. Not before `crossEntropy`, which takes logits.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html
 */
export class Softmax extends Module {
  declare readonly chain?: ChainRule<"Softmax", unknown, Same>;
  readonly dim: number;

  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  override forward(x: Tensor): Tensor {
    checkFloat(this, x);
    if (this.dim < -x.rank || this.dim >= x.rank) {
      const problem = `works along dimension ${this.dim}, but got ${formatShape(x.shape)}, which has ${x.rank}`;
      throw inputError(ShapeError, this, problem, "Dimension 1 is that of the classes, −1 the last.");
    }
    return softmax(x, this.dim);
  }

  override extraRepr(): string {
    return String(this.dim);
  }

  /** In [N, C], dimensions 1 and -1 are both that of the classes. */
  override overMaps(): Module | undefined {
    return this.dim === 1 || this.dim === -1 ? new Softmax(1) : undefined;
  }
}
