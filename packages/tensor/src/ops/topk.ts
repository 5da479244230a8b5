import { ShapeError } from "../errors.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { argsort } from "./argsort.ts";
import { gather } from "./gather.ts";
import { narrow } from "./narrow.ts";

/**
 * The k largest values along a dimension, largest first, and where they are.
 * @see https://pytorch.org/docs/stable/generated/torch.topk.html
 * @throws ShapeError if the dimension has fewer than k entries.
 */
export function topk(x: Tensor, k: number, dim = -1): { values: Tensor; indices: Tensor } {
  const at = normalizeDim(dim, x.rank, "topk");
  if (!Number.isInteger(k) || k < 0 || k > x.shape[at]!) {
    throw new ShapeError(`topk: cannot take ${k} of the ${x.shape[at]} entries of dimension ${dim}.`);
  }
  const indices = narrow(argsort(x, at, { descending: true }), at, 0, k);
  return { values: gather(x, at, indices), indices };
}
