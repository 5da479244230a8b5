import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { conv2dKernel } from "../kernels/conv2d.ts";
import { formatShape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { cast } from "./cast.ts";
import { checkFloats } from "./check-floats.ts";
import { conv2dInputGrad } from "./conv2d-input-grad.ts";
import { type Conv2dAttrs, type Conv2dOptions, conv2dAttrs } from "./conv2d-options.ts";
import { conv2dShape } from "./conv2d-shape.ts";
import { conv2dWeightGrad } from "./conv2d-weight-grad.ts";
import { reshape } from "./reshape.ts";

export const conv2dOp = kernel<Conv2dAttrs>({
  name: "conv2d",
  kernel: "conv2d",
  shape: (attrs, x, w) => conv2dShape(attrs, x!, w!),
  dtype: (_, x) => checkFloats("conv2d", x!),
  reference: (out, attrs, x, w) => conv2dKernel(out, attrs, x!, w!),
  vjp: [
    (grad, { inputs: [x, w], attrs }) => conv2dInputGrad(grad, w!, attrs, x!.shape),
    (grad, { inputs: [x, w], attrs }) => conv2dWeightGrad(grad, x!, attrs, w!.shape),
  ],
});

/**
 * Slides weights [Cout, Cin/groups, kH, kW] over pictures x [N, Cin, H, W]: [N, Cout, H', W'] with
 * H' = ⌊(H + padding − dilation·(kH − 1) − 1) / stride⌋ + 1, and the same for W'. As everywhere in this field it is a
 * cross-correlation: the weights are not flipped. `bias` [Cout] is added to each map.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
 * @throws ShapeError if the shapes do not fit, UsageError for an option out of range, DTypeError unless x is of floats.
 */
export function conv2d(
  x: Tensor,
  w: Tensor,
  { bias, ...options }: Conv2dOptions & { readonly bias?: Tensor | undefined } = {},
): Tensor {
  const attrs = conv2dAttrs("conv2d", options, [w.shape[2] ?? 1, w.shape[3] ?? 1]);
  const dtype = promoteTypes(x, w);
  const out = apply(conv2dOp, [cast(x, dtype), cast(w, dtype)], attrs);
  if (!bias) return out;
  const channels = w.shape[0]!;
  if (!sameShape(bias.shape, [channels])) {
    throw new ShapeError(
      `conv2d: the bias must be [${channels}], one number a map, but is ${formatShape(bias.shape)}.`,
    );
  }
  return add(out, reshape(bias, [1, channels, 1, 1]));
}
