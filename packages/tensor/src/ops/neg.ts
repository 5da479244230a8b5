import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export const negOp = elementwise({
  name: "neg",
  dtype: (_, ...inputs) => {
    const dtype = promoteTypes(...inputs);
    if (dtype === "bool") throw new DTypeError("neg: bools have no negative. Use logicalNot.");
    return dtype;
  },
  expr: (k, _, x) => k.neg(x!),
  vjp: [(grad) => neg(grad)],
});

/** −x. @see https://pytorch.org/docs/stable/generated/torch.neg.html */
export function neg(x: TensorLike): Tensor {
  return apply(negOp, [x]);
}
