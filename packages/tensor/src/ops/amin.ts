import { apply } from "../apply.ts";
import { reduction } from "../define.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { dropDims, type ReduceOptions } from "./drop-dims.ts";
import { eq } from "./eq.ts";
import { mul } from "./mul.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { sum } from "./sum.ts";

export const aminOp = reduction({
  name: "amin",
  shape: ({ dims }, shape) => refuseEmpty("amin", shape!, dims),
  initial: Infinity,
  combine: (k, accumulator, x) => k.min(accumulator, x),
  vjp: [
    (grad, { inputs: [x], out, attrs: { dims } }) => {
      const hits = eq(x!, out);
      return div(mul(grad, hits), sum(hits, dims, { keepdim: true }));
    },
  ],
});

/**
 * The smallest value over the given dimensions, or over all; NaN if there is one. Equal smallest values share the gradient.
 * @see https://pytorch.org/docs/stable/generated/torch.amin.html
 * @throws ShapeError if a reduced dimension is empty.
 */
export function amin(x: Tensor, dim?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims(dim, x.rank, "amin");
  return dropDims(apply(aminOp, [x], { dims }), dims, options);
}
