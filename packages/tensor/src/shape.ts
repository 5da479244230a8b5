import { ShapeError } from "./errors.ts";

export type Shape = readonly number[];

/** The number of elements of a shape; 1 for the shape `[]` of a scalar. */
export function sizeOf(shape: Shape): number {
  let product = 1;
  for (let i = 0; i < shape.length; i++) product *= shape[i]!;
  return product;
}

export const formatShape = (shape: Shape): string => `[${shape.join(", ")}]`;

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Row-major strides, counted in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  for (let i = shape.length - 1, stride = 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}

/** @throws ShapeError unless every dimension is a whole number ≥ 0. */
export function checkShape(shape: Shape, who: string): void {
  if (!shape.every((d) => Number.isInteger(d) && d >= 0)) {
    throw new ShapeError(`${who}: ${formatShape(shape)} is no shape: every dimension must be a whole number ≥ 0.`);
  }
}

/**
 * The shape that NumPy's broadcasting gives: shapes are aligned at their last dimension, and a dimension of 1
 * stretches to the other's size.
 * @throws ShapeError that names `who` and the dimension at fault.
 */
export function broadcastShapes(who: string, ...shapes: readonly Shape[]): Shape {
  let rank = 0;
  for (let i = 0; i < shapes.length; i++) rank = Math.max(rank, shapes[i]!.length);
  const out = new Array<number>(rank).fill(1);
  for (let s = 0; s < shapes.length; s++) {
    const shape = shapes[s]!;
    for (let i = 0; i < shape.length; i++) {
      const at = rank - shape.length + i;
      const d = shape[i]!;
      if (d === 1 || d === out[at]) continue;
      if (out[at] !== 1) {
        throw new ShapeError(
          `${who}: cannot broadcast ${shapes.map(formatShape).join(" with ")}: dimension ${at - rank} is ${out[at]} and ${d}. ` +
            `Aligned at the last dimension, sizes must be equal or 1.`,
        );
      }
      out[at] = d;
    }
  }
  return out;
}

/** A dimension counted from the front, for one that may be negative (−1 is the last). */
export function normalizeDim(dim: number, rank: number, who: string): number {
  if (!Number.isInteger(dim) || dim < -rank || dim >= rank) {
    const range = rank === 0 ? "a scalar has no dimensions" : `valid dimensions are ${-rank} to ${rank - 1}`;
    throw new ShapeError(`${who}: no dimension ${dim} in a tensor of rank ${rank}; ${range}.`);
  }
  return dim < 0 ? dim + rank : dim;
}

/** Sorted, distinct dimensions counted from the front; all of them when none are given. */
export function normalizeDims(dims: number | readonly number[] | undefined, rank: number, who: string): number[] {
  if (dims === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = (typeof dims === "number" ? [dims] : dims).map((d) => normalizeDim(d, rank, who));
  const sorted = [...new Set(list)].sort((a, b) => a - b);
  if (sorted.length !== list.length) throw new ShapeError(`${who}: the dimensions ${formatShape(list)} repeat one.`);
  return sorted;
}
