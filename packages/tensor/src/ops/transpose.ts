import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { permute } from "./permute.ts";

/**
 * Two dimensions swapped; the last two unless said otherwise.
 * @see https://pytorch.org/docs/stable/generated/torch.transpose.html
 */
export function transpose(x: Tensor, dim0 = -2, dim1 = -1): Tensor {
  const a = normalizeDim(dim0, x.rank, "transpose");
  const b = normalizeDim(dim1, x.rank, "transpose");
  return permute(
    x,
    x.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
  );
}
