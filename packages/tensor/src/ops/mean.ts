import { isFloat } from "../dtype.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { div } from "./div.ts";
import type { ReduceOptions } from "./drop-dims.ts";
import { sum } from "./sum.ts";

/**
 * The mean over the given dimensions, or over all; NaN over none. Integers give float32.
 * @see https://pytorch.org/docs/stable/generated/torch.mean.html
 */
export function mean(x: Tensor, dim?: number | readonly number[], options?: ReduceOptions): Tensor {
  const count = normalizeDims(dim, x.rank, "mean").reduce((product, d) => product * x.shape[d]!, 1);
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  return div(sum(float, dim, options), count);
}
