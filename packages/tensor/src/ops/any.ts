import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import type { ReduceOptions } from "./drop-dims.ts";
import { gt } from "./gt.ts";
import { sum } from "./sum.ts";

/** Whether any value is not 0. @see https://pytorch.org/docs/stable/generated/torch.any.html */
export function any(x: Tensor, dim?: number | readonly number[], options?: ReduceOptions): Tensor {
  return gt(sum(cast(x, "bool"), dim, options), 0);
}
