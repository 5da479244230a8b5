import { mean, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Channels, ChannelsAsFeatures } from "../chain.ts";
import { checkMaps } from "../check-input.ts";
import { Module } from "../module.ts";
import type { LayerCost } from "../summary/cost.ts";

/**
 * The mean of each map: [N, C, H, W] to [N, C], for pictures of any size. After a Conv1x1 with a map per class, these are the logits.
 * @see M. Lin and others, "Network in network" (2013), section 3.2
 */
export class GlobalAvgPool2d extends Module {
  declare readonly chain?: ChainRule<"GlobalAvgPool2d", Channels, ChannelsAsFeatures>;

  override forward(x: Tensor): Tensor {
    checkMaps(this, x);
    return mean(x, [2, 3]);
  }

  override cost(): LayerCost {
    return { window: "all" };
  }
}
