import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { amax } from "./amax.ts";
import { detach } from "./detach.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { exp } from "./exp.ts";
import { isfinite } from "./isfinite.ts";
import { log } from "./log.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { where } from "./where.ts";

/**
 * log Σ eˣ over the given dimensions, or over all, without overflow; −∞ over none.
 * @see https://pytorch.org/docs/stable/generated/torch.logsumexp.html
 */
export function logSumExp(x: Tensor, dim?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims(dim, x.rank, "logSumExp");
  if (x.size === 0) return log(sum(exp(x), dims, options));
  const largest = detach(amax(x, dims, { keepdim: true }));
  const shift = where(isfinite(largest), largest, 0); // ∞ − ∞ would be NaN
  const sums = sum(exp(sub(x, shift)), dims, { keepdim: true });
  return dropDims(add(log(sums), shift), dims, options);
}
