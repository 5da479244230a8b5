import type { Tensor } from "../tensor.ts";
import { any } from "./any.ts";
import type { ReduceOptions } from "./drop-dims.ts";
import { logicalNot } from "./logical-not.ts";

/** Whether every value is not 0. @see https://pytorch.org/docs/stable/generated/torch.all.html */
export function all(x: Tensor, dim?: number | readonly number[], options?: ReduceOptions): Tensor {
  return logicalNot(any(logicalNot(x), dim, options));
}
