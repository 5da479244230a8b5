import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import type { DType } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";

export const castOp = elementwise<{ dtype: DType }>({
  name: "cast",
  dtype: ({ dtype }) => dtype,
  expr: (k, { dtype }, x) => {
    if (dtype === "bool") return k.not(k.eq(x!, k.c(0)));
    return dtype === "int32" ? k.trunc(k.min(k.max(x!, k.c(-(2 ** 31))), k.c(2 ** 31 - 1))) : x!;
  },
  vjp: [(grad) => grad],
});

/**
 * The values in another dtype. Floats become integers by dropping the fraction, those out of range the nearest integer there is, and NaN becomes 0;
 * anything but 0 becomes true.
 * @see https://pytorch.org/docs/stable/generated/torch.Tensor.to.html
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype });
}
