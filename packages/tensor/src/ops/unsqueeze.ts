import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";

/** With a new dimension of size 1 at `dim`. @see https://pytorch.org/docs/stable/generated/torch.unsqueeze.html */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  return reshape(x, x.shape.toSpliced(normalizeDim(dim, x.rank + 1, "unsqueeze"), 0, 1));
}
