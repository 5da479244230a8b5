import {
  type Conv2dAttrs,
  type Conv2dOptions as ConvolutionOptions,
  conv2d,
  conv2dAttrs,
  type Pair,
  type Rng,
  type Shape,
  sizeOf,
  type Tensor,
  toPair,
  UsageError,
} from "@pointwise/tensor";
import type { ChainRule, Channels } from "../chain.ts";
import { checkPositive, checkRng, formatOptions, formatPair } from "../check-arguments.ts";
import { checkMaps } from "../check-input.ts";
import { uniformByFanIn } from "../init/by-fan-in.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import type { LayerCost } from "../summary/cost.ts";

export interface Conv2dOptions extends ConvolutionOptions {
  readonly bias?: boolean;
  readonly rng: Rng;
}

/**
 * Slides `out` kernels over maps, [N, in, H, W] to [N, out, H', W']. A kernel has one slice for each input channel of its group; the
 * slices' maps are summed to one output map.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
 */
export class Conv2d<In extends number = number, Out extends number = number> extends Module {
  declare readonly chain?: ChainRule<"Conv2d", Channels<In>, Channels<Out>>;
  readonly inChannels: In;
  readonly outChannels: Out;
  readonly kernelSize: Pair;
  readonly options: Required<ConvolutionOptions>;
  /** [out, in / groups, kH, kW] */
  weight: Parameter;
  /** [out] */
  bias: Parameter | undefined;

  /** @throws UsageError for sizes that are none, or that do not fit together. */
  constructor(inChannels: In, outChannels: Out, kernelSize: number | Pair, options: Conv2dOptions) {
    super();
    const name = new.target.name;
    checkPositive(name, { inChannels, outChannels });
    this.kernelSize = toPair(name, "kernelSize", kernelSize, 1);
    checkRng(name, this.sizes(inChannels, outChannels), options);
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, rng } = options;
    this.options = { stride, padding, dilation, groups };
    conv2dAttrs(name, this.options, this.kernelSize); // refuses now what it would at the first call
    checkGroups(name, inChannels, outChannels, groups);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    const shape = [outChannels, inChannels / groups, ...this.kernelSize];
    const fanIn = sizeOf(shape.slice(1));
    this.weight = new Parameter(uniformByFanIn(shape, fanIn, rng));
    this.bias = bias ? new Parameter(uniformByFanIn([outChannels], fanIn, rng)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    const advice = (c: number) => `Did you mean new ${this.constructor.name}(${this.sizes(c, this.outChannels)})?`;
    checkMaps(this, x, this.inChannels, advice);
    return conv2d(x, this.weight, { ...this.options, bias: this.bias });
  }

  override extraRepr(): string {
    const defaults = { stride: 1, padding: 0, dilation: 1, groups: 1, bias: true };
    const options = { ...this.options, bias: this.bias !== undefined };
    return this.sizes(this.inChannels, this.outChannels) + formatOptions(options, defaults);
  }

  override cost(_input: Shape, output: Shape): LayerCost {
    const { kernelSize, weight, bias, inChannels, outChannels } = this;
    const { groups, stride, dilation } = this.attrs;
    const perKernel = groups === 1 ? inChannels : `(${inChannels}/${groups})`;
    return {
      formula: `${kernelSize.join("·")}·${perKernel}·${outChannels}${bias ? ` + ${outChannels}` : ""}`,
      macs: sizeOf(output) * sizeOf(weight.shape.slice(1)),
      window: { kernelSize, stride, dilation },
    };
  }

  /** The options, spelled out. */
  protected get attrs(): Conv2dAttrs {
    return conv2dAttrs(this.constructor.name, this.options, this.kernelSize);
  }

  /** The leading arguments, as they are written. */
  protected sizes(inChannels: number, outChannels: number): string {
    return `${inChannels}, ${outChannels}, ${formatPair(this.kernelSize)}`;
  }
}

/** @throws UsageError */
function checkGroups(name: string, inChannels: number, outChannels: number, groups: number): void {
  if (inChannels % groups === 0 && outChannels % groups === 0) return;
  throw new UsageError(
    `${name}: groups must divide the channels, but ${groups} groups do not share out ${inChannels} input and ${outChannels} output ` +
      "channels evenly.",
  );
}
