import type { Tensor } from "../tensor.ts";
import { argsort, type SortOptions } from "./argsort.ts";
import { gather } from "./gather.ts";

/** The values of a dimension in order, and where they were. @see https://pytorch.org/docs/stable/generated/torch.sort.html */
export function sort(x: Tensor, dim = -1, options: SortOptions = {}): { values: Tensor; indices: Tensor } {
  const indices = argsort(x, dim, options);
  return { values: gather(x, dim, indices), indices };
}
