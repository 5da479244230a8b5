import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { avgPool2dKernel, windowAreas, windowSizes } from "../kernels/avg-pool2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { avgPool2dGrad } from "./avg-pool2d-grad.ts";
import { checkFloats } from "./check-floats.ts";
import type { Pair } from "./pair.ts";
import { type Pool2dAttrs, type Pool2dOptions, pool2dAttrs, pool2dShape, pool2dWindows } from "./pool2d-options.ts";

export interface AvgPool2dAttrs extends Pool2dAttrs {
  readonly countIncludePad: boolean;
}

export const avgPool2dOp = kernel<AvgPool2dAttrs>({
  name: "avgPool2d",
  kernel: "avgPool2d",
  shape: (attrs, x) => pool2dShape("avgPool2d", attrs, x!),
  dtype: (_, x) => checkFloats("avgPool2d", x!),
  reference: (out, attrs, x) => avgPool2dKernel(out, ...avgWindows(attrs, x!.shape, out.shape), x!),
  vjp: [(grad, { inputs: [x], attrs }) => avgPool2dGrad(grad, attrs, x!.shape)],
});

/** The windows in both directions, and by what each window's sum is divided. */
export function avgWindows(attrs: AvgPool2dAttrs, input: Shape, output: Shape) {
  const [rows, columns] = pool2dWindows(attrs, input, output);
  const divisors = attrs.countIncludePad
    ? windowAreas(rows.padded, columns.padded)
    : windowAreas(windowSizes(rows), windowSizes(columns));
  return [rows, columns, divisors] as const;
}

export interface AvgPool2dOptions extends Pool2dOptions {
  /** Whether zeros of the padding count in the divisor; true unless said otherwise. What ceilMode adds never does. */
  readonly countIncludePad?: boolean | undefined;
}

/**
 * The mean of each window of x [N, C, H, W]. Padding counts as 0.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html
 * @throws ShapeError if the kernel does not fit, UsageError for an option out of range, DTypeError unless x is of floats.
 */
export function avgPool2d(x: Tensor, kernelSize: number | Pair, options: AvgPool2dOptions = {}): Tensor {
  const attrs = pool2dAttrs("avgPool2d", kernelSize, options);
  return apply(avgPool2dOp, [x], { ...attrs, countIncludePad: options.countIncludePad ?? true });
}
