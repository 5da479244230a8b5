import { mul, type Rng, type Tensor, UsageError, where } from "@pointwise/tensor";
import { checkRng } from "../check-arguments.ts";
import { Pointwise } from "../pointwise.ts";

/**
 * In training, zeros each element with probability p and scales the rest by 1 / (1 − p), anew at each call; in evaluation, nothing.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html
 * @see N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting" (2014)
 */
export class Dropout extends Pointwise {
  readonly p: number;
  readonly rng: Rng;

  constructor(p: number, options: { readonly rng: Rng }) {
    super();
    checkProbability(p);
    checkRng("Dropout", String(p), options);
    this.p = p;
    this.rng = options.rng;
  }

  protected override activate(x: Tensor): Tensor {
    return this.training ? dropout(x, this.p, this.rng) : x;
  }

  override extraRepr(): string {
    return String(this.p);
  }
}

/**
 * Zeros each element with probability p, and scales the rest by 1 / (1 − p) so that the expectation stays.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
 * @throws UsageError unless p is between 0 and 1.
 */
export function dropout(x: Tensor, p: number, rng: Rng): Tensor {
  checkProbability(p);
  if (p === 0) return x;
  const scale = p === 1 ? 0 : 1 / (1 - p);
  return where(rng.bernoulli(x.shape, 1 - p), mul(x, scale), 0);
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) {
    throw new UsageError(`Dropout: p is the probability to drop an element, between 0 and 1, but is ${p}.`);
  }
}
