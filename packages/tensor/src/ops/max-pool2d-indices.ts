import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { maxPool2dIndicesKernel } from "../kernels/max-pool2d.ts";
import type { Tensor } from "../tensor.ts";
import { type Pool2dAttrs, pool2dShape, pool2dWindows } from "./pool2d-options.ts";

/** Where the maxima are: int32 [N, C, H', W'], counted within each map of H·W entries. */
export const maxPool2dIndicesOp = kernel<Pool2dAttrs>({
  name: "maxPool2dIndices",
  kernel: "maxPool2dIndices",
  shape: (attrs, x) => pool2dShape("maxPool2dIndices", attrs, x!),
  dtype: () => "int32",
  reference: (out, attrs, x) => maxPool2dIndicesKernel(out, ...pool2dWindows(attrs, x!.shape, out.shape), x!),
});

export function maxPool2dIndices(x: Tensor, attrs: Pool2dAttrs): Tensor {
  return apply(maxPool2dIndicesOp, [x], attrs);
}
