import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import type { ReduceOptions } from "./drop-dims.ts";
import { mean } from "./mean.ts";
import { root } from "./root.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the number of values in the divisor: 1 (the default) gives the unbiased estimate, 0 the population's. */
  readonly correction?: number;
}

/**
 * The variance over the given dimensions, or over all.
 * @see https://pytorch.org/docs/stable/generated/torch.var.html
 */
export function variance(
  x: Tensor,
  dim?: number | readonly number[],
  { correction = 1, ...options }: VarianceOptions = {},
): Tensor {
  const count = normalizeDims(dim, x.rank, "var").reduce((product, d) => product * x.shape[d]!, 1);
  const squares = square(sub(x, mean(x, dim, { keepdim: true })));
  return div(sum(squares, dim, options), Math.max(0, count - correction));
}

/**
 * The standard deviation over the given dimensions, or over all: the square root of the variance. Where it is 0, so is its gradient.
 * @see https://pytorch.org/docs/stable/generated/torch.std.html
 */
export function std(x: Tensor, dim?: number | readonly number[], options?: VarianceOptions): Tensor {
  return root(variance(x, dim, options));
}
