import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/** Undoes broadcasting and type promotion: sums `grad` to the shape of `x` and casts it to its dtype. */
export function toTypeOf(grad: Tensor, x: Tensor): Tensor {
  const lead = grad.rank - x.rank;
  const dims = grad.shape.map((_, i) => i).filter((i) => i < lead || (x.shape[i - lead] === 1 && grad.shape[i] !== 1));
  const summed = dims.length > 0 ? reshape(sum(grad, dims), x.shape) : grad;
  return cast(summed, x.dtype);
}
