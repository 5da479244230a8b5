import { ShapeError } from "../errors.ts";
import { normalizeDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

/**
 * The dimensions from `startDim` to `endDim`, inclusive, merged into one.
 * @see https://pytorch.org/docs/stable/generated/torch.flatten.html
 */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  if (x.rank === 0) return reshape(x, [1]);
  const start = normalizeDim(startDim, x.rank, "flatten");
  const end = normalizeDim(endDim, x.rank, "flatten");
  if (start > end) throw new ShapeError(`flatten: startDim ${startDim} lies behind endDim ${endDim}.`);
  const merged = sizeOf(x.shape.slice(start, end + 1));
  return reshape(x, [...x.shape.slice(0, start), merged, ...x.shape.slice(end + 1)]);
}
