import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { maxPool2dGradKernel } from "../kernels/max-pool2d.ts";
import type { Tensor } from "../tensor.ts";
import { gatherMaps } from "./gather-maps.ts";
import { maxPool2dIndices } from "./max-pool2d-indices.ts";
import { type Pool2dAttrs, pool2dWindows } from "./pool2d-options.ts";

/** Inputs: the gradient by the maxima [N, C, H', W'] and the pooled maps x. Which entries are the maxima does not vary. */
export const maxPool2dGradOp = kernel<Pool2dAttrs>({
  name: "maxPool2dGrad",
  kernel: "maxPool2dGrad",
  shape: (_, __, x) => x!,
  reference: (out, attrs, grad, x) =>
    maxPool2dGradKernel(out, ...pool2dWindows(attrs, x!.shape, grad!.shape), grad!, x!),
  vjp: [(grad, { inputs: [, x], attrs }) => gatherMaps(grad, maxPool2dIndices(x!, attrs)), null],
});

export function maxPool2dGrad(grad: Tensor, x: Tensor, attrs: Pool2dAttrs): Tensor {
  return apply(maxPool2dGradOp, [grad, x], attrs);
}
