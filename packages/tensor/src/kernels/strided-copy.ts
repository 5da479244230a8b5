import type { TypedArray } from "../dtype.ts";
import type { Shape } from "../shape.ts";

/** A place in a flat array: where it begins and how far each dimension steps. */
export interface Walk {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Copies an n-dimensional block of the given shape from one strided place to another. */
export function stridedCopy(shape: Shape, out: TypedArray, to: Walk, x: TypedArray, from: Walk): void {
  if (shape.includes(0)) return;
  const rank = shape.length;
  const inner = rank === 0 ? 1 : shape[rank - 1]!;
  const toStep = rank === 0 ? 0 : to.strides[rank - 1]!;
  const fromStep = rank === 0 ? 0 : from.strides[rank - 1]!;
  const counter = shape.map(() => 0);
  let o = to.offset;
  let p = from.offset;
  while (true) {
    for (let i = 0, q = o, r = p; i < inner; i++, q += toStep, r += fromStep) out[q] = x[r]!;
    let dim = rank - 2;
    for (; dim >= 0; dim--) {
      counter[dim]!++;
      o += to.strides[dim]!;
      p += from.strides[dim]!;
      if (counter[dim]! < shape[dim]!) break;
      o -= to.strides[dim]! * shape[dim]!;
      p -= from.strides[dim]! * shape[dim]!;
      counter[dim] = 0;
    }
    if (dim < 0) return;
  }
}
