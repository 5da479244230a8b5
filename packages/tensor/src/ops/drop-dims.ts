import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

export interface ReduceOptions {
  /** Keep reduced dimensions with size 1. */
  readonly keepdim?: boolean;
}

/** Removes the dimensions that a reduction left with size 1, unless they are to be kept. */
export function dropDims(reduced: Tensor, dims: readonly number[], options: ReduceOptions): Tensor {
  if (options.keepdim || dims.length === 0) return reduced;
  return reshape(
    reduced,
    reduced.shape.filter((_, i) => !dims.includes(i)),
  );
}
