import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { conv2dWeightGradKernel } from "../kernels/conv2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { conv2dOp } from "./conv2d.ts";
import { conv2dInputGrad } from "./conv2d-input-grad.ts";
import type { Conv2dAttrs } from "./conv2d-options.ts";

/** `kernelSize` [kH, kW]: a stride leaves it open. */
export const conv2dWeightGradOp = kernel<Conv2dAttrs & { readonly kernelSize: readonly [number, number] }>({
  name: "conv2dWeightGrad",
  kernel: "conv2dWeightGrad",
  shape: ({ groups, kernelSize }, grad, x) => [grad![1]!, x![1]! / groups, ...kernelSize],
  reference: (out, attrs, grad, x) => conv2dWeightGradKernel(out, attrs, grad!, x!),
  vjp: [
    (grad, { inputs: [, x], attrs: { kernelSize: _, ...attrs } }) => apply(conv2dOp, [x!, grad], attrs),
    (grad, { inputs: [outer, x], attrs: { kernelSize: _, ...attrs } }) =>
      conv2dInputGrad(outer!, grad, attrs, x!.shape),
  ],
});

/** The gradient of a convolution by its weights, which have the given shape, from that by its maps [N, Cout, H', W']. */
export function conv2dWeightGrad(grad: Tensor, x: Tensor, attrs: Conv2dAttrs, shape: Shape): Tensor {
  return apply(conv2dWeightGradOp, [grad, x], { ...attrs, kernelSize: [shape[2]!, shape[3]!] });
}
