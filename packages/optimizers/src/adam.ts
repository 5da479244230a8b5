import { add, assign, div, mul, rsqrt, sqrt, square, sub, type Tensor, zerosLike } from "@pointwise/tensor";
import { type Hyperparameters, Optimizer, type Params } from "./optimizer.ts";
import { scalar } from "./state-dict.ts";

export interface AdamOptions {
  /** Learning rate, 1e-3 unless given. */
  lr: number;
  /** How much the running averages of the gradient and of its square keep a step; [0.9, 0.999] unless given. */
  betas: readonly [number, number];
  /** Added to the divisor, 1e-8 unless given. */
  eps: number;
  /** L2 penalty: this much of the parameter is added to its gradient; 0 unless given. */
  weightDecay: number;
}

export type AdamState = Readonly<Record<"expAvg" | "expAvgSq" | "beta1Power" | "beta2Power", Tensor>>;

/**
 * Adam: steps of equal size in all directions, whatever the size of their gradients.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
 * @see D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015
 */
export class Adam extends Optimizer<AdamOptions, AdamState> {
  constructor(params: Params<AdamOptions>, options: Partial<AdamOptions> = {}) {
    super(params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0 }, options);
  }

  protected initialState(param: Tensor): AdamState {
    return { expAvg: zerosLike(param), expAvgSq: zerosLike(param), beta1Power: scalar(1), beta2Power: scalar(1) };
  }

  protected update(param: Tensor, gradient: Tensor, state: AdamState, options: Hyperparameters<AdamOptions>): void {
    const { lr, betas, eps, weightDecay } = options;
    const grad = weightDecay === 0 ? gradient : add(gradient, mul(param, weightDecay));
    const expAvg = add(mul(state.expAvg, betas[0]), mul(grad, 1 - betas[0]));
    const expAvgSq = add(mul(state.expAvgSq, betas[1]), mul(square(grad), 1 - betas[1]));
    const beta1Power = mul(state.beta1Power, betas[0]);
    const beta2Power = mul(state.beta2Power, betas[1]);
    const stepSize = div(lr, sub(1, beta1Power));
    // Times a number's reciprocal: of the two divisions of an element, this one can be done once for all.
    const divisor = add(mul(sqrt(expAvgSq), rsqrt(sub(1, beta2Power))), eps);
    assign(param, sub(param, mul(div(expAvg, divisor), stepSize)));
    assign(state.expAvg, expAvg);
    assign(state.expAvgSq, expAvgSq);
    assign(state.beta1Power, beta1Power);
    assign(state.beta2Power, beta2Power);
  }
}
