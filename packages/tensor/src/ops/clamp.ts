import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { promoteToFloat } from "../dtype.ts";
import { UsageError } from "../errors.ts";
import type { Tensor, TensorLike } from "../tensor.ts";
import { ge } from "./ge.ts";
import { le } from "./le.ts";
import { logicalAnd } from "./logical-and.ts";
import { where } from "./where.ts";

export interface ClampBounds {
  readonly min?: number;
  readonly max?: number;
}

export const clampOp = elementwise<{ min: number; max: number }>({
  name: "clamp",
  dtype: ({ min, max }, x) => {
    const whole = [min, max].every((bound) => Number.isInteger(bound) || Math.abs(bound) === Infinity);
    return whole ? x!.dtype : promoteToFloat(x!);
  },
  expr: (k, { min, max }, x) => k.min(k.max(x!, k.c(min)), k.c(max)),
  vjp: [(grad, { inputs: [x], attrs }) => where(logicalAnd(ge(x!, attrs.min), le(x!, attrs.max)), grad, 0)],
});

/**
 * x, but at least `min` and at most `max`. The gradient passes where x lies within the bounds or on them.
 * @see https://pytorch.org/docs/stable/generated/torch.clamp.html
 * @throws UsageError without a bound.
 */
export function clamp(x: TensorLike, { min, max }: ClampBounds): Tensor {
  if (min === undefined && max === undefined) throw new UsageError("clamp: give { min }, { max } or both.");
  return apply(clampOp, [x], { min: min ?? -Infinity, max: max ?? Infinity });
}
