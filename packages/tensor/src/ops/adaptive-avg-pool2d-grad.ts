import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { avgPool2dGradKernel } from "../kernels/avg-pool2d.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { adaptiveAvgPool2dOp, adaptiveAvgWindows } from "./adaptive-avg-pool2d.ts";

export const adaptiveAvgPool2dGradOp = kernel<{ readonly inputSize: readonly [number, number] }>({
  name: "adaptiveAvgPool2dGrad",
  kernel: "adaptiveAvgPool2dGrad",
  shape: ({ inputSize }, grad) => [grad![0]!, grad![1]!, ...inputSize],
  reference: (out, _, grad) => avgPool2dGradKernel(out, ...adaptiveAvgWindows(out.shape, grad!.shape), grad!),
  vjp: [
    (grad, { inputs: [outer] }) =>
      apply(adaptiveAvgPool2dOp, [grad], { outputSize: [outer!.shape[2]!, outer!.shape[3]!] }),
  ],
});

/** The gradient by the maps, which have the given shape, from that by the means. */
export function adaptiveAvgPool2dGrad(grad: Tensor, shape: Shape): Tensor {
  return apply(adaptiveAvgPool2dGradOp, [grad], { inputSize: [shape[2]!, shape[3]!] });
}
