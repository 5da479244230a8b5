import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { forEachLine } from "../kernels/lines.ts";
import type { KernelOp } from "../op.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { flatten } from "./flatten.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { reshape } from "./reshape.ts";

/** The op behind argmax, with sign 1, and argmin, with sign −1: the first NaN of a line, or else its first extreme value. */
/* @__NO_SIDE_EFFECTS__ */
export function argExtremeOp(name: "argmax" | "argmin", sign: 1 | -1): KernelOp<{ dim: number }> {
  return kernel<{ dim: number }>({
    name,
    kernel: name,
    shape: ({ dim }, shape) => refuseEmpty(name, shape!, [dim]),
    dtype: () => "int32",
    reference: (out, { dim }, { data, shape }) => {
      let line = 0;
      forEachLine(shape, dim, (start, count, step) => {
        let best = 0;
        let value = data[start]!;
        for (let i = 1; i < count && !Number.isNaN(value); i++) {
          const candidate = data[start + i * step]!;
          if (sign * candidate > sign * value || Number.isNaN(candidate)) {
            best = i;
            value = candidate;
          }
        }
        out.data[line++] = best;
      });
    },
  });
}

/** Applies it along a dimension, or to the flattened tensor. */
export function argExtreme(
  op: KernelOp<{ dim: number }>,
  x: Tensor,
  dim: number | undefined,
  options: ReduceOptions,
): Tensor {
  if (dim === undefined) {
    const index = argExtreme(op, flatten(x), 0, {});
    const ones = x.shape.map(() => 1);
    return options.keepdim ? reshape(index, ones) : index;
  }
  const at = normalizeDim(dim, x.rank, op.name);
  return dropDims(apply(op, [x], { dim: at }), [at], options);
}
