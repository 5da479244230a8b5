import { assign, mul, sub, type Tensor } from "@pointwise/tensor";
import { Adam, type AdamOptions, type AdamState } from "./adam.ts";
import type { Hyperparameters, Params } from "./optimizer.ts";

/**
 * Adam with decoupled weight decay: the parameter shrinks by `lr · weightDecay` of itself, and its gradient is left alone. The decay
 * is 1e-2 unless given.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
 * @see I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019
 */
export class AdamW extends Adam {
  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, { weightDecay: 1e-2, ...options });
  }

  protected override update(
    param: Tensor,
    grad: Tensor,
    state: AdamState,
    options: Hyperparameters<AdamOptions>,
  ): void {
    assign(param, mul(param, sub(1, mul(options.lr, options.weightDecay))));
    super.update(param, grad, state, { ...options, weightDecay: 0 });
  }
}
