import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { avgPool2dKernel, windowAreas, windowSizes } from "../kernels/avg-pool2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { adaptiveAvgPool2dGrad } from "./adaptive-avg-pool2d-grad.ts";
import {
  type AdaptivePool2dAttrs,
  adaptivePool2dShape,
  adaptivePool2dWindows,
  plainKernel,
} from "./adaptive-pool2d-options.ts";
import { avgPool2d } from "./avg-pool2d.ts";
import { checkFloats } from "./check-floats.ts";
import { type Pair, toPair } from "./pair.ts";

export const adaptiveAvgPool2dOp = kernel<AdaptivePool2dAttrs>({
  name: "adaptiveAvgPool2d",
  kernel: "adaptiveAvgPool2d",
  shape: (attrs, x) => adaptivePool2dShape("adaptiveAvgPool2d", attrs, x!),
  dtype: (_, x) => checkFloats("adaptiveAvgPool2d", x!),
  reference: (out, _, x) => avgPool2dKernel(out, ...adaptiveAvgWindows(x!.shape, out.shape), x!),
  vjp: [(grad, { inputs: [x] }) => adaptiveAvgPool2dGrad(grad, x!.shape)],
});

/** The windows in both directions, and their areas. */
export function adaptiveAvgWindows(input: Shape, output: Shape) {
  const [rows, columns] = adaptivePool2dWindows(input, output);
  return [rows, columns, windowAreas(windowSizes(rows), windowSizes(columns))] as const;
}

/**
 * Means over windows that divide x [N, C, H, W] into maps of `outputSize`: window i of n reads from ⌊i·H/n⌋ up to
 * ⌈(i + 1)·H/n⌉. Size 1 is the mean of each map.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html
 * @throws ShapeError unless x has four dimensions, UsageError for a size below 1, DTypeError unless x is of floats.
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: number | Pair): Tensor {
  const size = toPair("adaptiveAvgPool2d", "outputSize", outputSize, 1);
  const kernelSize = plainKernel(x.shape, size);
  return kernelSize ? avgPool2d(x, kernelSize) : apply(adaptiveAvgPool2dOp, [x], { outputSize: size });
}
