import { apply } from "../apply.ts";
import { view } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export const reshapeOp = view<{ shape: Shape }>({
  name: "reshape",
  shape: ({ shape }, from) => {
    checkShape(shape, "reshape");
    if (sizeOf(shape) !== sizeOf(from!)) {
      throw new ShapeError(
        `reshape: ${formatShape(from!)} has ${sizeOf(from!)} elements and cannot become ${formatShape(shape)}, which has ${sizeOf(shape)}.`,
      );
    }
    return shape;
  },
  vjp: [(grad, { inputs: [x] }) => reshape(grad, x!.shape)],
});

/**
 * The same values in another shape. One dimension may be −1: it takes what the others leave. The result shares memory with `x`.
 * @see https://pytorch.org/docs/stable/generated/torch.reshape.html
 * @throws ShapeError if the number of elements differs.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const inferred = shape.indexOf(-1);
  if (inferred < 0) return apply(reshapeOp, [x], { shape: [...shape] });
  if (shape.lastIndexOf(-1) !== inferred) {
    throw new ShapeError(
      `reshape: ${formatShape(shape)} has more than one −1. The sizes of the others do not tell them apart.`,
    );
  }
  const known = sizeOf(shape.filter((_, i) => i !== inferred));
  if (known <= 0 || x.size % known !== 0) {
    throw new ShapeError(
      `reshape: no size for the −1 in ${formatShape(shape)} makes it hold the ${x.size} elements of ${formatShape(x.shape)}.`,
    );
  }
  return apply(reshapeOp, [x], { shape: shape.map((d, i) => (i === inferred ? x.size / known : d)) });
}
