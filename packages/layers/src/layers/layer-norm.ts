import {
  add,
  formatShape,
  mul,
  ones,
  type Shape,
  ShapeError,
  sizeOf,
  type Tensor,
  UsageError,
  zeros,
} from "@pointwise/tensor";
import type { ChainRule, Channels, Features, Same } from "../chain.ts";
import { checkPositive, formatOptions, withDefaults } from "../check-arguments.ts";
import { checkFloat } from "../check-input.ts";
import { inputError } from "../input-error.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import type { LayerCost } from "../summary/cost.ts";
import { standardize } from "./standardize.ts";

export interface LayerNormOptions {
  /** Added to the variance. */
  readonly eps?: number;
  /** Whether a trained weight follows, and a bias unless `bias` is false. */
  readonly elementwiseAffine?: boolean;
  readonly bias?: boolean;
}

const defaults: Required<LayerNormOptions> = { eps: 1e-5, elementwiseAffine: true, bias: true };

/**
 * Gives the last dimensions of each sample mean 0 and variance 1.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html
 * @see J. L. Ba and others, "Layer normalization" (2016)
 */
export class LayerNorm<F extends number = number> extends Module {
  declare readonly chain?: ChainRule<"LayerNorm", Features<F> | Channels, Same>;
  readonly normalizedShape: Shape;
  readonly options: Required<LayerNormOptions>;
  /** Of the normalized shape. */
  weight: Parameter | undefined;
  bias: Parameter | undefined;

  /** @param normalizedShape the sizes of the last dimensions: a number for the last alone. */
  constructor(normalizedShape: F | readonly number[], options: LayerNormOptions = {}) {
    super();
    this.normalizedShape = typeof normalizedShape === "number" ? [normalizedShape] : [...normalizedShape];
    this.options = withDefaults(options, defaults);
    if (this.normalizedShape.length === 0)
      throw new UsageError("LayerNorm: needs at least one dimension to normalise over.");
    for (const size of this.normalizedShape) checkPositive("LayerNorm", { "each size": size });
    const { elementwiseAffine, bias } = this.options;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : undefined;
    this.bias = elementwiseAffine && bias ? new Parameter(zeros(this.normalizedShape)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    checkFloat(this, x);
    const wanted = this.normalizedShape;
    const got = x.shape.slice(-wanted.length);
    if (formatShape(got) !== formatShape(wanted)) {
      const problem = `expects the last dimensions ${formatShape(wanted)}, but got ${formatShape(x.shape)}`;
      throw inputError(
        ShapeError,
        this,
        problem,
        `Did you mean new LayerNorm(${wanted.length === 1 ? got : formatShape(got)})?`,
      );
    }
    return layerNorm(x, wanted.length, this.weight, this.bias, this.options.eps);
  }

  override extraRepr(): string {
    const shape = this.normalizedShape;
    return (shape.length === 1 ? shape : formatShape(shape)) + formatOptions(this.options, defaults);
  }

  override cost(_input: Shape, output: Shape): LayerCost {
    return { macs: sizeOf(output) };
  }
}

/**
 * (x − mean) / √(variance + eps) · weight + bias over the last `dims` dimensions.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
 */
export function layerNorm(x: Tensor, dims: number, weight?: Tensor, bias?: Tensor, eps = 1e-5): Tensor {
  const scaled = standardize(
    x,
    Array.from({ length: dims }, (_, i) => i - dims),
    eps,
  );
  const weighted = weight ? mul(scaled, weight) : scaled;
  return bias ? add(weighted, bias) : weighted;
}
