import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";

export const logicalOrOp = elementwise({
  name: "logicalOr",
  expr: (k, _, a, b) => k.or(a!, b!),
});

/** Whether a or b is true (not 0), as bool. @see https://pytorch.org/docs/stable/generated/torch.logical_or.html */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  return apply(logicalOrOp, [cast(a, "bool"), cast(b, "bool")]);
}
