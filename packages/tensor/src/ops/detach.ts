import { apply } from "../apply.ts";
import { view } from "../define.ts";
import type { Tensor } from "../tensor.ts";

export const detachOp = view({ name: "detach", shape: (_, shape) => shape! });

/**
 * The same values without their history: no gradient flows through the result, which shares memory with `x`.
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.detach.html
 */
export function detach(x: Tensor): Tensor {
  return apply(detachOp, [x]);
}
