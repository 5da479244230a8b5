import { DTypeError, formatShape, indexSelect, type Rng, reshape, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Features } from "../chain.ts";
import { checkPositive, checkRng } from "../check-arguments.ts";
import { inputError } from "../input-error.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import type { LayerCost } from "../summary/cost.ts";

/**
 * A trained vector for each index: int32 [...] of 0 to numEmbeddings − 1, to [..., embeddingDim]. Starts as standard normal.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html
 */
export class Embedding<Dim extends number = number> extends Module {
  declare readonly chain?: ChainRule<"Embedding", unknown, Features<Dim>>;
  readonly numEmbeddings: number;
  readonly embeddingDim: Dim;
  /** [numEmbeddings, embeddingDim] */
  weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: Dim, options: { readonly rng: Rng }) {
    super();
    checkPositive("Embedding", { numEmbeddings, embeddingDim });
    checkRng("Embedding", `${numEmbeddings}, ${embeddingDim}`, options);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.weight = new Parameter(options.rng.normal([numEmbeddings, embeddingDim]));
  }

  /** @throws ShapeError for an index out of range. */
  override forward(x: Tensor): Tensor {
    if (x.dtype !== "int32") {
      const problem = `expects int32 indices, but got ${x.dtype} ${formatShape(x.shape)}`;
      throw inputError(DTypeError, this, problem, 'Use cast(x, "int32"), or a Linear for values that are no indices.');
    }
    return embedding(x, this.weight);
  }

  override extraRepr(): string {
    return `${this.numEmbeddings}, ${this.embeddingDim}`;
  }

  /** It looks up, and multiplies nothing. */
  override cost(): LayerCost {
    return { macs: 0 };
  }
}

/** The rows of weight [K, D] that the int32 indices [...] name: [..., D]. */
export function embedding(indices: Tensor, weight: Tensor): Tensor {
  return reshape(indexSelect(weight, 0, reshape(indices, [indices.size])), [...indices.shape, weight.shape[1]!]);
}
