import { Rng, UsageError } from "@pointwise/tensor";
import type { CalledAs, ChainRule, Channels } from "../chain.ts";
import { copyParameter } from "../clone.ts";
import { Conv2d, type Conv2dOptions } from "./conv2d.ts";
import { Linear } from "./linear.ts";

export type Conv1x1Options = Pick<Conv2dOptions, "bias" | "stride" | "groups" | "rng">;

/**
 * A pointwise convolution: a dense layer over the channels, applied at every pixel, [N, in, H, W] to [N, out, H, W]. It cannot
 * change height or width (but for a stride), and mixes the channels to fewer or more.
 * @see M. Lin and others, "Network in network" (2013)
 */
export class Conv1x1<In extends number = number, Out extends number = number> extends Conv2d<In, Out> {
  declare readonly chain?: ChainRule<"Conv2d", Channels<In>, Channels<Out>> & CalledAs<"Conv1x1">;

  constructor(inChannels: In, outChannels: Out, options: Conv1x1Options) {
    super(inChannels, outChannels, 1, options);
  }

  /** The layer that does at every pixel what `linear` does to one vector. The weights are copied. */
  static from<In extends number, Out extends number>(linear: Linear<In, Out>): Conv1x1<In, Out> {
    const { inFeatures, outFeatures, weight, bias } = linear;
    const conv = unset(inFeatures, outFeatures);
    conv.weight = copyParameter(weight, [outFeatures, inFeatures, 1, 1]);
    conv.bias = bias && copyParameter(bias);
    return conv;
  }

  /**
   * The dense layer that does to one vector what this one does at every pixel. The weights are copied.
   * @throws UsageError with groups or a stride, which a dense layer has not.
   */
  toLinear(): Linear<In, Out> {
    const { inChannels, outChannels, weight, bias } = this;
    const { groups, stride } = this.attrs;
    if (groups !== 1 || stride[0] !== 1 || stride[1] !== 1) {
      throw new UsageError(
        `Conv1x1.toLinear: a dense layer has neither groups nor a stride, but this is Conv1x1(${this.extraRepr()}).`,
      );
    }
    const linear = new Linear(inChannels, outChannels, { bias: false, rng: new Rng() }); // these weights are replaced at once
    linear.weight = copyParameter(weight, [outChannels, inChannels]);
    linear.bias = bias && copyParameter(bias);
    return linear;
  }

  protected override sizes(inChannels: number, outChannels: number): string {
    return `${inChannels}, ${outChannels}`;
  }
}

/** Its weights are to be replaced. Outside the class, so that bundlers need not rename the class to let it name itself. */
function unset<In extends number, Out extends number>(inChannels: In, outChannels: Out): Conv1x1<In, Out> {
  return new Conv1x1(inChannels, outChannels, { bias: false, rng: new Rng() });
}
