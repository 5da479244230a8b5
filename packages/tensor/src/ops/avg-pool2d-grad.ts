import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { avgPool2dGradKernel } from "../kernels/avg-pool2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type AvgPool2dAttrs, avgPool2dOp, avgWindows } from "./avg-pool2d.ts";

/** `inputSize` [H, W]: a stride leaves it open. */
export const avgPool2dGradOp = kernel<AvgPool2dAttrs & { readonly inputSize: readonly [number, number] }>({
  name: "avgPool2dGrad",
  kernel: "avgPool2dGrad",
  shape: ({ inputSize }, grad) => [grad![0]!, grad![1]!, ...inputSize],
  reference: (out, attrs, grad) => avgPool2dGradKernel(out, ...avgWindows(attrs, out.shape, grad!.shape), grad!),
  vjp: [(grad, { attrs: { inputSize: _, ...attrs } }) => apply(avgPool2dOp, [grad], attrs)],
});

/** The gradient of an average pool by its maps, which have the given shape, from that by its output. */
export function avgPool2dGrad(grad: Tensor, attrs: AvgPool2dAttrs, shape: Shape): Tensor {
  return apply(avgPool2dGradOp, [grad], { ...attrs, inputSize: [shape[2]!, shape[3]!] });
}
