import { formatShape, type Shape } from "@pointwise/tensor";
import type { Refuse } from "../refuse.ts";

/** NumPy's own bound. */
const mostDims = 64;

/**
 * How many bytes a shape's values take.
 * @param shape whole numbers ≥ 0 from a file
 * @param refuse is called for a shape that no tensor has: too many dimensions, or a size that overflows.
 */
export function shapeBytes(shape: Shape, bytesPerElement: number, refuse: Refuse): number {
  if (shape.length > mostDims) refuse(`it has ${shape.length} dimensions, but at most ${mostDims} make sense`);
  // Without the zeros, so that nothing hides behind one: [0, 2⁵⁰, 2⁵⁰] is refused too.
  const bytes = shape.reduce((product, d) => product * (d || 1), bytesPerElement);
  if (bytes > Number.MAX_SAFE_INTEGER) refuse(`its shape ${formatShape(shape)} takes more bytes than can be counted`);
  return shape.includes(0) ? 0 : bytes;
}
