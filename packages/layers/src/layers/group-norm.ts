import {
  add,
  formatShape,
  mul,
  ones,
  reshape,
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
import { alongChannels } from "./batch-norm.ts";
import { standardize } from "./standardize.ts";

export interface GroupNormOptions {
  /** Added to the variance. */
  readonly eps?: number;
  /** Whether a trained weight and bias for each channel follow. */
  readonly affine?: boolean;
}

const defaults: Required<GroupNormOptions> = { eps: 1e-5, affine: true };

/**
 * Gives each group of channels of each sample mean 0 and variance 1: [N, C, ...] to the same.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html
 * @see Y. Wu and K. He, "Group normalization" (2018)
 */
export class GroupNorm<C extends number = number> extends Module {
  declare readonly chain?: ChainRule<"GroupNorm", Channels<C> | Features<C>, Same>;
  readonly numGroups: number;
  readonly numChannels: C;
  readonly options: Required<GroupNormOptions>;
  /** [C] */
  weight: Parameter | undefined;
  bias: Parameter | undefined;

  constructor(numGroups: number, numChannels: C, options: GroupNormOptions = {}) {
    super();
    checkPositive("GroupNorm", { numGroups, numChannels });
    if (numChannels % numGroups !== 0) {
      throw new UsageError(`GroupNorm: ${numGroups} groups do not share out ${numChannels} channels evenly.`);
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.options = withDefaults(options, defaults);
    this.weight = this.options.affine ? new Parameter(ones([numChannels])) : undefined;
    this.bias = this.options.affine ? new Parameter(zeros([numChannels])) : undefined;
  }

  override forward(x: Tensor): Tensor {
    checkFloat(this, x);
    const c = x.shape[1];
    if (c !== this.numChannels) {
      const problem = `expects ${this.numChannels} channels in [N, C, …], but got ${formatShape(x.shape)}`;
      throw inputError(ShapeError, this, problem, c ? `Did you mean new GroupNorm(${this.numGroups}, ${c})?` : "");
    }
    return groupNorm(x, this.numGroups, this.weight, this.bias, this.options.eps);
  }

  override extraRepr(): string {
    return `${this.numGroups}, ${this.numChannels}${formatOptions(this.options, defaults)}`;
  }

  override cost(_input: Shape, output: Shape): LayerCost {
    return { macs: sizeOf(output) };
  }
}

/**
 * (x − mean) / √(variance + eps) · weight + bias, with mean and variance over each group of channels of x [N, C, ...].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html
 */
export function groupNorm(x: Tensor, numGroups: number, weight?: Tensor, bias?: Tensor, eps = 1e-5): Tensor {
  const groups = reshape(x, [x.shape[0]!, numGroups, sizeOf(x.shape.slice(1)) / numGroups]);
  const scaled = reshape(standardize(groups, [2], eps), x.shape);
  const weighted = weight ? mul(scaled, alongChannels(weight, x)) : scaled;
  return bias ? add(weighted, alongChannels(bias, x)) : weighted;
}
