import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { neg } from "./neg.ts";

export const subOp = elementwise({
  name: "sub",
  dtype: (_, ...inputs) => {
    const dtype = promoteTypes(...inputs);
    if (dtype === "bool") throw new DTypeError("sub: bools have no difference. Use ne (exclusive or).");
    return dtype;
  },
  expr: (k, _, a, b) => k.sub(a!, b!),
  vjp: [(grad) => grad, (grad) => neg(grad)],
});

/** a − b. @see https://pytorch.org/docs/stable/generated/torch.sub.html */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return apply(subOp, [a, b]);
}
