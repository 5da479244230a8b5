import { isFloat } from "../dtype.ts";
import { UsageError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { abs } from "./abs.ts";
import { amax } from "./amax.ts";
import { cast } from "./cast.ts";
import type { ReduceOptions } from "./drop-dims.ts";
import { eq } from "./eq.ts";
import { pow } from "./pow.ts";
import { root } from "./root.ts";
import { square } from "./square.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

export interface NormOptions extends ReduceOptions {
  /** The order of the norm: 2 (the default) is the Euclidean one, Infinity the largest absolute value. */
  readonly p?: number;
}

/**
 * The p-norm (Σ|x|ᵖ)^(1/p) of the values over the given dimensions, or over all. Where it is 0, so is its gradient.
 * @see https://pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html
 * @throws UsageError if p is not positive.
 */
export function norm(x: Tensor, dim?: number | readonly number[], { p = 2, ...options }: NormOptions = {}): Tensor {
  if (!(p > 0)) throw new UsageError(`norm: p must be positive, but is ${p}.`);
  if (!isFloat(x.dtype)) return norm(cast(x, "float32"), dim, { p, ...options });
  if (p === Infinity) return amax(abs(x), dim, options);
  if (p === 1) return sum(abs(x), dim, options);
  if (p === 2) return root(sum(square(x), dim, options));
  const isZero = eq(x, 0); // for p < 1 the slope is infinite there
  return root(sum(where(isZero, 0, pow(where(isZero, 1, abs(x)), p)), dim, options), p);
}
