import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { normalizeDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { flatten } from "./flatten.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { reshape } from "./reshape.ts";

export const argminOp = kernel<{ dim: number }>({
  name: "argmin",
  shape: ({ dim }, shape) => refuseEmpty("argmin", shape!, [dim]),
  dtype: () => "int32",
  reference: (out, { dim }, { data, shape }) => {
    const count = shape[dim]!;
    const inner = sizeOf(shape.slice(dim + 1));
    for (let o = 0; o < out.data.length; o++) {
      const start = Math.floor(o / inner) * count * inner + (o % inner);
      let best = 0;
      let value = data[start]!;
      for (let i = 1; i < count && !Number.isNaN(value); i++) {
        const candidate = data[start + i * inner]!;
        if (candidate < value || Number.isNaN(candidate)) {
          best = i;
          value = candidate;
        }
      }
      out.data[o] = best;
    }
  },
});

/**
 * The index, int32, of the first smallest value along a dimension, or in the flattened tensor; a NaN counts as smallest.
 * @see https://pytorch.org/docs/stable/generated/torch.argmin.html
 * @throws ShapeError if the dimension is empty.
 */
export function argmin(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  if (dim === undefined) {
    const index = argmin(flatten(x), 0);
    return options.keepdim
      ? reshape(
          index,
          x.shape.map(() => 1),
        )
      : index;
  }
  const at = normalizeDim(dim, x.rank, "argmin");
  return dropDims(apply(argminOp, [x], { dim: at }), [at], options);
}
