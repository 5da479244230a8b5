import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { stridedCopy } from "../kernels/strided-copy.ts";
import { formatShape, normalizeDim, normalizeDims, stridesOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export const permuteOp = kernel<{ dims: readonly number[] }>({
  name: "permute",
  kernel: "permute",
  shape: ({ dims }, shape) => dims.map((d) => shape![d]!),
  reference: (out, { dims }, { data, shape }) => {
    const strides = stridesOf(shape);
    const from = { offset: 0, strides: dims.map((d) => strides[d]!) };
    stridedCopy(out.shape, out.data, { offset: 0, strides: stridesOf(out.shape) }, data, from);
  },
  vjp: [
    (grad, { attrs: { dims } }) =>
      permute(
        grad,
        dims.map((_, i) => dims.indexOf(i)),
      ),
  ],
});

/**
 * The dimensions in another order: dimension i of the result is dimension `dims[i]` of x.
 * @see https://pytorch.org/docs/stable/generated/torch.permute.html
 * @throws ShapeError unless every dimension is named once.
 */
export function permute(x: Tensor, dims: readonly number[]): Tensor {
  if (normalizeDims(dims, x.rank, "permute").length !== x.rank) {
    throw new ShapeError(
      `permute: ${formatShape(dims)} must name each of the ${x.rank} dimensions of ${formatShape(x.shape)}.`,
    );
  }
  const order = dims.map((d) => normalizeDim(d, x.rank, "permute"));
  return order.every((d, i) => d === i) ? x : apply(permuteOp, [x], { dims: order });
}
