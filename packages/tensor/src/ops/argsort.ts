import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { forEachLine } from "../kernels/lines.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface SortOptions {
  readonly descending?: boolean;
}

export const argsortOp = kernel<{ dim: number; descending: boolean }>({
  name: "argsort",
  shape: (_, shape) => shape!,
  dtype: () => "int32",
  reference: (out, { dim, descending }, { data, shape }) => {
    const order = new Array<number>(shape[dim]!);
    forEachLine(shape, dim, (start, count, step) => {
      for (let i = 0; i < count; i++) order[i] = i;
      const value = (i: number) => data[start + i * step]!;
      // A NaN sorts as the largest, as in PyTorch.
      const compare = (a: number, b: number) =>
        Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : Math.sign(a - b) || 0;
      order.sort((i, j) => (descending ? compare(value(j), value(i)) : compare(value(i), value(j))));
      for (let i = 0; i < count; i++) out.data[start + i * step] = order[i]!;
    });
  },
});

/**
 * The indices, int32, that sort a dimension; equal values keep their order.
 * @see https://pytorch.org/docs/stable/generated/torch.argsort.html
 */
export function argsort(x: Tensor, dim = -1, { descending = false }: SortOptions = {}): Tensor {
  return apply(argsortOp, [x], { dim: normalizeDim(dim, x.rank, "argsort"), descending });
}
