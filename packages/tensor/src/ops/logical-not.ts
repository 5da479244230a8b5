import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";

export const logicalNotOp = elementwise({
  name: "logicalNot",
  expr: (k, _, x) => k.not(x!),
});

/** Whether x is false (0), as bool. @see https://pytorch.org/docs/stable/generated/torch.logical_not.html */
export function logicalNot(x: Tensor): Tensor {
  return apply(logicalNotOp, [cast(x, "bool")]);
}
