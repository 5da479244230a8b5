import { apply } from "../apply.ts";
import { elementwise } from "../define.ts";
import { ShapeError } from "../errors.ts";
import { broadcastShapes, formatShape, type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export const broadcastToOp = elementwise<{ shape: Shape }>({
  name: "broadcastTo",
  shape: ({ shape }, from) => {
    if (!sameShape(broadcastShapes("broadcastTo", from!, shape), shape)) {
      throw new ShapeError(`broadcastTo: ${formatShape(from!)} does not stretch to ${formatShape(shape)}.`);
    }
    return shape;
  },
  expr: (_, __, x) => x!,
  vjp: [(grad) => grad],
});

/**
 * Repeats dimensions of size 1, and adds leading ones, until the tensor has the given shape.
 * @see https://pytorch.org/docs/stable/generated/torch.broadcast_to.html
 * @throws ShapeError
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : apply(broadcastToOp, [x], { shape: [...shape] });
}
