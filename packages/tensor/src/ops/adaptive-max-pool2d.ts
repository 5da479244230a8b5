import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { maxPool2dIndicesKernel } from "../kernels/max-pool2d.ts";
import type { Tensor } from "../tensor.ts";
import {
  type AdaptivePool2dAttrs,
  adaptivePool2dShape,
  adaptivePool2dWindows,
  plainKernel,
} from "./adaptive-pool2d-options.ts";
import { checkFloats } from "./check-floats.ts";
import { gatherMaps } from "./gather-maps.ts";
import { maxPool2d } from "./max-pool2d.ts";
import { type Pair, toPair } from "./pair.ts";

/** Where the maxima are: int32, counted within each map of H·W entries. */
export const adaptiveMaxPool2dIndicesOp = kernel<AdaptivePool2dAttrs>({
  name: "adaptiveMaxPool2dIndices",
  kernel: "adaptiveMaxPool2dIndices",
  shape: (attrs, x) => adaptivePool2dShape("adaptiveMaxPool2d", attrs, x!),
  dtype: (_, x) => {
    checkFloats("adaptiveMaxPool2d", x!);
    return "int32";
  },
  reference: (out, _, x) => maxPool2dIndicesKernel(out, ...adaptivePool2dWindows(x!.shape, out.shape), x!),
});

/**
 * Maxima over windows that divide x [N, C, H, W] into maps of `outputSize`: window i of n reads from ⌊i·H/n⌋ up to
 * ⌈(i + 1)·H/n⌉.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_max_pool2d.html
 * @throws ShapeError unless x has four dimensions, UsageError for a size below 1, DTypeError unless x is of floats.
 */
export function adaptiveMaxPool2d(x: Tensor, outputSize: number | Pair): Tensor {
  const size = toPair("adaptiveMaxPool2d", "outputSize", outputSize, 1);
  const kernelSize = plainKernel(x.shape, size);
  return kernelSize
    ? maxPool2d(x, kernelSize)
    : gatherMaps(x, apply(adaptiveMaxPool2dIndicesOp, [x], { outputSize: size }));
}
