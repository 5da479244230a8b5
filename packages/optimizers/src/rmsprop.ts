import { add, assign, div, mul, relu, sqrt, square, sub, type Tensor, zerosLike } from "@pointwise/tensor";
import { type Hyperparameters, Optimizer, type Params } from "./optimizer.ts";

export interface RMSpropOptions {
  /** Learning rate, 1e-2 unless given. */
  lr: number;
  /** How much the running average of the squared gradient keeps a step; 0.99 unless given. */
  alpha: number;
  /** Added to the divisor, 1e-8 unless given. */
  eps: number;
  /** How much of the last step goes on into the next; 0 unless given. */
  momentum: number;
  /** Divide by the gradient's standard deviation rather than by its root mean square. */
  centered: boolean;
  /** L2 penalty: this much of the parameter is added to its gradient; 0 unless given. */
  weightDecay: number;
}

type RMSpropState = { readonly squareAvg: Tensor; readonly gradAvg?: Tensor; readonly momentumBuffer?: Tensor };

/**
 * RMSprop: each gradient divided by a running average of its size.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
 */
export class RMSprop extends Optimizer<RMSpropOptions, RMSpropState> {
  constructor(params: Params<RMSpropOptions>, options: Partial<RMSpropOptions> = {}) {
    super(params, { lr: 1e-2, alpha: 0.99, eps: 1e-8, momentum: 0, centered: false, weightDecay: 0 }, options);
  }

  protected initialState(param: Tensor, { centered, momentum }: RMSpropOptions): RMSpropState {
    return {
      squareAvg: zerosLike(param),
      ...(centered && { gradAvg: zerosLike(param) }),
      ...(momentum !== 0 && { momentumBuffer: zerosLike(param) }),
    };
  }

  protected update(
    param: Tensor,
    gradient: Tensor,
    state: RMSpropState,
    options: Hyperparameters<RMSpropOptions>,
  ): void {
    const { lr, alpha, eps, momentum, weightDecay } = options;
    const grad = weightDecay === 0 ? gradient : add(gradient, mul(param, weightDecay));
    const squareAvg = add(mul(state.squareAvg, alpha), mul(square(grad), 1 - alpha));
    assign(state.squareAvg, squareAvg);
    let variance = squareAvg;
    if (state.gradAvg) {
      const gradAvg = add(mul(state.gradAvg, alpha), mul(grad, 1 - alpha));
      assign(state.gradAvg, gradAvg);
      variance = relu(sub(squareAvg, square(gradAvg))); // rounding can make it a little less than 0
    }
    let direction = div(grad, add(sqrt(variance), eps));
    if (state.momentumBuffer) {
      direction = add(mul(state.momentumBuffer, momentum), direction);
      assign(state.momentumBuffer, direction);
    }
    assign(param, sub(param, mul(direction, lr)));
  }
}
