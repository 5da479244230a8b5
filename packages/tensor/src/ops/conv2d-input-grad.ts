import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { conv2dInputGradKernel } from "../kernels/conv2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { conv2dOp } from "./conv2d.ts";
import type { Conv2dAttrs } from "./conv2d-options.ts";
import { conv2dWeightGrad } from "./conv2d-weight-grad.ts";

/** A transposed convolution. `inputSize` [H, W]: a stride leaves it open. */
export const conv2dInputGradOp = kernel<Conv2dAttrs & { readonly inputSize: readonly [number, number] }>({
  name: "conv2dInputGrad",
  kernel: "conv2dInputGrad",
  shape: ({ groups, inputSize }, grad, w) => [grad![0]!, w![1]! * groups, ...inputSize],
  reference: (out, attrs, grad, w) => conv2dInputGradKernel(out, attrs, grad!, w!),
  vjp: [
    (grad, { inputs: [, w], attrs: { inputSize: _, ...attrs } }) => apply(conv2dOp, [grad, w!], attrs),
    (grad, { inputs: [outer, w], attrs: { inputSize: _, ...attrs } }) =>
      conv2dWeightGrad(outer!, grad, attrs, w!.shape),
  ],
});

/** The gradient of a convolution by its pictures, which have the given shape, from that by its maps [N, Cout, H', W']. */
export function conv2dInputGrad(grad: Tensor, w: Tensor, attrs: Conv2dAttrs, shape: Shape): Tensor {
  return apply(conv2dInputGradOp, [grad, w], { ...attrs, inputSize: [shape[2]!, shape[3]!] });
}
