import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { maxPool2dKernel } from "../kernels/max-pool2d.ts";
import type { Tensor } from "../tensor.ts";
import { checkFloats } from "./check-floats.ts";
import { maxPool2dGrad } from "./max-pool2d-grad.ts";
import type { Pair } from "./pair.ts";
import { type Pool2dAttrs, type Pool2dOptions, pool2dAttrs, pool2dShape, pool2dWindows } from "./pool2d-options.ts";

export const maxPool2dOp = kernel<Pool2dAttrs>({
  name: "maxPool2d",
  kernel: "maxPool2d",
  shape: (attrs, x) => pool2dShape("maxPool2d", attrs, x!),
  dtype: (_, x) => checkFloats("maxPool2d", x!),
  reference: (out, attrs, x) => maxPool2dKernel(out, ...pool2dWindows(attrs, x!.shape, out.shape), x!),
  vjp: [(grad, { inputs: [x], attrs }) => maxPool2dGrad(grad, x!, attrs)],
});

export interface MaxPool2dOptions extends Pool2dOptions {
  /** The distance of the entries that a window reads. */
  readonly dilation?: number | Pair | undefined;
}

/**
 * The maximum of each window of x [N, C, H, W], or NaN if there is one. Padding counts as −∞. The gradient goes to the
 * first of equal maxima.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html
 * @throws ShapeError if the kernel does not fit, UsageError for an option out of range, DTypeError unless x is of floats.
 */
export function maxPool2d(x: Tensor, kernelSize: number | Pair, options: MaxPool2dOptions = {}): Tensor {
  return apply(maxPool2dOp, [x], pool2dAttrs("maxPool2d", kernelSize, options, options.dilation));
}
