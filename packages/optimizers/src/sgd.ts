import { add, assign, mul, sub, type Tensor, UsageError, zerosLike } from "@pointwise/tensor";
import { type Hyperparameters, Optimizer, type Params } from "./optimizer.ts";
import { scalar } from "./state-dict.ts";

export interface SGDOptions {
  /** Learning rate, 1e-3 unless given. */
  lr: number;
  /** How much of the last step goes on into the next; 0 unless given. */
  momentum: number;
  /** How much of the gradient is held back from the momentum; 0 unless given. */
  dampening: number;
  /** L2 penalty: this much of the parameter is added to its gradient; 0 unless given. */
  weightDecay: number;
  /** Look ahead along the momentum, as Nesterov does. */
  nesterov: boolean;
}

type SGDState = { readonly momentumBuffer?: Tensor; readonly dampening?: Tensor };

/**
 * Stochastic gradient descent, with momentum if wanted.
 * @see https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
 */
export class SGD extends Optimizer<SGDOptions, SGDState> {
  constructor(params: Params<SGDOptions>, options: Partial<SGDOptions> = {}) {
    super(params, { lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false }, options);
  }

  protected override check({ nesterov, momentum, dampening }: SGDOptions): void {
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new UsageError(
        `SGD: nesterov needs momentum > 0 and dampening = 0, but they are ${momentum} and ${dampening}. Try { momentum: 0.9, nesterov: true }.`,
      );
    }
  }

  protected initialState(param: Tensor, { momentum, dampening }: SGDOptions): SGDState {
    if (momentum === 0) return {};
    // As in PyTorch, the buffer starts as the first gradient itself: nothing of that one is held back.
    return { momentumBuffer: zerosLike(param), ...(dampening !== 0 && { dampening: scalar(0) }) };
  }

  protected update(param: Tensor, grad: Tensor, state: SGDState, options: Hyperparameters<SGDOptions>): void {
    const { lr, momentum, weightDecay, nesterov } = options;
    let direction = weightDecay === 0 ? grad : add(grad, mul(param, weightDecay));
    const { momentumBuffer, dampening } = state;
    if (momentumBuffer) {
      const added = dampening ? mul(direction, sub(1, dampening)) : direction;
      const buffer = add(mul(momentumBuffer, momentum), added);
      direction = nesterov ? add(direction, mul(buffer, momentum)) : buffer;
      assign(momentumBuffer, buffer);
      if (dampening) assign(dampening, scalar(options.dampening));
    }
    assign(param, sub(param, mul(direction, lr)));
  }
}
