import { type MaxPool2dOptions, maxPool2d, type Pair, pool2dAttrs, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Channels, Same } from "../chain.ts";
import { formatOptions, formatPair } from "../check-arguments.ts";
import { checkMaps } from "../check-input.ts";
import { Module } from "../module.ts";
import type { LayerCost } from "../summary/cost.ts";

/**
 * The largest value in each window: [N, C, H, W] to [N, C, H', W'].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export class MaxPool2d extends Module {
  declare readonly chain?: ChainRule<"MaxPool2d", Channels, Same>;
  readonly kernelSize: number | Pair;
  readonly options: MaxPool2dOptions;

  /** @throws UsageError for sizes that are none, or a padding of more than half the kernel. */
  constructor(kernelSize: number | Pair, options: MaxPool2dOptions = {}) {
    super();
    pool2dAttrs("MaxPool2d", kernelSize, options); // now, not at the first call
    this.kernelSize = kernelSize;
    this.options = options;
  }

  override forward(x: Tensor): Tensor {
    checkMaps(this, x);
    return maxPool2d(x, this.kernelSize, this.options);
  }

  override extraRepr(): string {
    const defaults = { stride: this.kernelSize, padding: 0, dilation: 1, ceilMode: false };
    return formatPair(this.kernelSize) + formatOptions(this.options, defaults);
  }

  override cost(): LayerCost {
    return { window: pool2dAttrs("MaxPool2d", this.kernelSize, this.options) };
  }
}
