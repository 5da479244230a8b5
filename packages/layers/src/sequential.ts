import type { Tensor } from "@pointwise/tensor";
import type { ChainOf, CheckedChain } from "./chain.ts";
import { callChild } from "./input-error.ts";
import { Module } from "./module.ts";

/**
 * Layers that run one after the other, named "0", "1", ... as in PyTorch. The compiler checks that each fits the one before it, as
 * far as the sizes are literal and the layers declare a {@link ChainRule}; a wrong one is a compiler error that says what is wrong.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html
 */
export class Sequential<
  const Layers extends readonly Module[] = readonly Module[],
  Rule = ChainOf<Layers>,
> extends Module {
  declare readonly chain?: Rule;
  readonly layers: Layers;

  constructor(...layers: CheckedChain<Layers> extends Layers ? Layers : CheckedChain<Layers>) {
    super();
    this.layers = layers as Layers; // a chain with a sentence in it does not compile
  }

  override forward(x: Tensor): Tensor {
    return this.layers.reduce((input, layer, i) => {
      const before = this.layers[i - 1];
      return callChild(this, String(i), layer, input, before && { name: String(i - 1), module: before });
    }, x);
  }

  /** The layers are named by their place alone: `0.weight`, not `layers.0.weight`. */
  protected override fields(): Iterable<readonly [string, unknown]> {
    return Object.entries(this.layers);
  }
}
