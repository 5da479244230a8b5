import { apply } from "../apply.ts";
import { reduction } from "../define.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";

export const sumOp = reduction({
  name: "sum",
  dtype: (_, x) => (x!.dtype === "bool" ? "int32" : x!.dtype),
  initial: 0,
  combine: (k, accumulator, x) => k.add(accumulator, x),
  vjp: [(grad, { inputs: [x] }) => broadcastTo(grad, x!.shape)],
});

/**
 * The sum over the given dimensions, or over all. Bools are counted: the sum is int32.
 * @see https://pytorch.org/docs/stable/generated/torch.sum.html
 */
export function sum(x: Tensor, dim?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims(dim, x.rank, "sum");
  return dropDims(apply(sumOp, [x], { dims }), dims, options);
}
