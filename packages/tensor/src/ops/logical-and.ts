import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";

export const logicalAndOp = elementwise({
  name: "logicalAnd",
  expr: (k, _, a, b) => k.and(a!, b!),
});

/** Whether a and b is true (not 0), as bool. @see https://pytorch.org/docs/stable/generated/torch.logical_and.html */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return apply(logicalAndOp, [cast(a, "bool"), cast(b, "bool")]);
}
