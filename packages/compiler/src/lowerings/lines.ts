import { type Shape, sizeOf } from "@pointwise/tensor";
import type { OpNode } from "../trace/graph.ts";

/** A shape as the dimensions before one, that one, and those behind it. */
export function linesAlong(shape: Shape, dim: number) {
  return { outer: sizeOf(shape.slice(0, dim)), width: shape[dim]!, inner: sizeOf(shape.slice(dim + 1)) };
}

/** The dimension that an op works along, where its attributes name one. */
export const dimOf = ({ attrs }: OpNode): number => (attrs as { dim: number }).dim;
