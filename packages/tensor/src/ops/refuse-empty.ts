import { ShapeError } from "../errors.ts";
import { formatShape, type Shape } from "../shape.ts";

/**
 * The shape after reducing `dims` to size 1.
 * @throws ShapeError if one of them is empty: the maximum of nothing is no number.
 */
export function refuseEmpty(who: string, shape: Shape, dims: readonly number[]): Shape {
  const empty = dims.find((d) => shape[d] === 0);
  if (empty !== undefined) {
    throw new ShapeError(`${who}: dimension ${empty} of ${formatShape(shape)} is empty, so it has no ${who}.`);
  }
  return shape.map((d, i) => (dims.includes(i) ? 1 : d));
}
