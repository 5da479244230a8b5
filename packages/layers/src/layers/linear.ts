import { add, matmul, type Rng, type Shape, sizeOf, type Tensor } from "@pointwise/tensor";
import type { ChainRule, Features } from "../chain.ts";
import { checkPositive, checkRng, formatOptions } from "../check-arguments.ts";
import { checkFeatures } from "../check-input.ts";
import { uniformByFanIn } from "../init/by-fan-in.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import type { LayerCost } from "../summary/cost.ts";

export interface LinearOptions {
  readonly bias?: boolean;
  readonly rng: Rng;
}

/**
 * A dense layer: x Wᵀ + b over the last dimension, [..., in] to [..., out].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export class Linear<In extends number = number, Out extends number = number> extends Module {
  declare readonly chain?: ChainRule<"Linear", Features<In>, Features<Out>>;
  readonly inFeatures: In;
  readonly outFeatures: Out;
  /** [out, in] */
  weight: Parameter;
  /** [out] */
  bias: Parameter | undefined;

  constructor(inFeatures: In, outFeatures: Out, options: LinearOptions) {
    super();
    checkPositive("Linear", { inFeatures, outFeatures });
    checkRng("Linear", `${inFeatures}, ${outFeatures}`, options);
    const { bias = true, rng } = options;
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = new Parameter(uniformByFanIn([outFeatures, inFeatures], inFeatures, rng));
    this.bias = bias ? new Parameter(uniformByFanIn([outFeatures], inFeatures, rng)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    checkFeatures(this, x, this.inFeatures, (got) => `Did you mean new Linear(${got}, ${this.outFeatures})?`);
    return linear(x, this.weight, this.bias);
  }

  override extraRepr(): string {
    return `${this.inFeatures}, ${this.outFeatures}${formatOptions({ bias: this.bias !== undefined }, { bias: true })}`;
  }

  override cost(_input: Shape, output: Shape): LayerCost {
    return { macs: this.inFeatures * sizeOf(output), window: "all" };
  }
}

/**
 * x Wᵀ + b: x [..., in], weight [out, in], bias [out]; any leading dimensions.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const product = matmul(x, weight, { transposeB: true });
  return bias ? add(product, bias) : product;
}
