import { add, clamp, div, minimum, mul, norm, stack, type Tensor, UsageError, withGradMode } from "@pointwise/tensor";

export interface ClippedGradients {
  readonly grads: Map<Tensor, Tensor>;
  /** The norm of all gradients before clipping, 0-d. */
  readonly norm: Tensor;
}

/**
 * Scales all gradients by one factor, so that their norm, taken as if they were one long vector, is at most `maxNorm`.
 * @param options.normType which p-norm, 2 unless given; `Infinity` for the largest magnitude.
 * @returns new gradients, and the norm as it was.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
 * @throws UsageError
 */
export function clipGradNorm(
  grads: ReadonlyMap<Tensor, Tensor>,
  maxNorm: number,
  options: { readonly normType?: number } = {},
): ClippedGradients {
  const { normType = 2 } = options;
  checkPositive("clipGradNorm", "maxNorm", maxNorm);
  if (!(normType > 0)) throw new UsageError(`clipGradNorm: normType must be greater than 0, but is ${normType}.`);
  if (grads.size === 0) {
    throw new UsageError("clipGradNorm: there are no gradients. Pass what backward or valueAndGrad returns.");
  }
  return withGradMode(false, () => {
    const norms = [...grads.values()].map((grad) => norm(grad, undefined, { p: normType }));
    const total = norm(stack(norms), undefined, { p: normType });
    const factor = minimum(div(maxNorm, add(total, 1e-6)), 1);
    return { grads: mapValues(grads, (grad) => mul(grad, factor)), norm: total };
  });
}

/**
 * Brings every element of the gradients into [−value, value].
 * @returns new gradients.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
 * @throws UsageError
 */
export function clipGradValue(grads: ReadonlyMap<Tensor, Tensor>, value: number): Map<Tensor, Tensor> {
  checkPositive("clipGradValue", "value", value);
  return withGradMode(false, () => mapValues(grads, (grad) => clamp(grad, { min: -value, max: value })));
}

function mapValues(grads: ReadonlyMap<Tensor, Tensor>, change: (grad: Tensor) => Tensor): Map<Tensor, Tensor> {
  return new Map([...grads].map(([param, grad]) => [param, change(grad)]));
}

function checkPositive(who: string, name: string, value: number): void {
  if (!(value > 0)) throw new UsageError(`${who}: ${name} must be greater than 0, but is ${value}.`);
}
