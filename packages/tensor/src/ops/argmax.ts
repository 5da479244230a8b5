import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { normalizeDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { flatten } from "./flatten.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { reshape } from "./reshape.ts";

export const argmaxOp = kernel<{ dim: number }>({
  name: "argmax",
  shape: ({ dim }, shape) => refuseEmpty("argmax", shape!, [dim]),
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
        if (candidate > value || Number.isNaN(candidate)) {
          best = i;
          value = candidate;
        }
      }
      out.data[o] = best;
    }
  },
});

/**
 * The index, int32, of the first largest value along a dimension, or in the flattened tensor; a NaN counts as largest.
 * @see https://pytorch.org/docs/stable/generated/torch.argmax.html
 * @throws ShapeError if the dimension is empty.
 */
export function argmax(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  if (dim === undefined) {
    const index = argmax(flatten(x), 0);
    return options.keepdim
      ? reshape(
          index,
          x.shape.map(() => 1),
        )
      : index;
  }
  const at = normalizeDim(dim, x.rank, "argmax");
  return dropDims(apply(argmaxOp, [x], { dim: at }), [at], options);
}
