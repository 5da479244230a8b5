import type { TypedArray } from "../dtype.ts";
import type { Shape } from "../shape.ts";

/** A place in a flat array: where it begins and how far each dimension steps. */
export interface Walk {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Runs shorter than this are copied by a loop, which starts faster than `TypedArray.set`. */
const shortRun = 16;

/** Copies an n-dimensional block of the given shape from one strided place to another. */
export function stridedCopy(shape: Shape, out: TypedArray, to: Walk, x: TypedArray, from: Walk): void {
  if (shape.includes(0)) return;
  const [sizes, toStrides, fromStrides] = mergeDims(shape, to.strides, from.strides);
  const last = sizes.length - 1;
  const [inner, toStep, fromStep] = [sizes[last]!, toStrides[last]!, fromStrides[last]!];
  const isRun = toStep === 1 && fromStep === 1 && inner >= shortRun;
  const counter = sizes.map(() => 0);
  let o = to.offset;
  let p = from.offset;
  while (true) {
    if (isRun) out.set(x.subarray(p, p + inner), o);
    else for (let i = 0, q = o, r = p; i < inner; i++, q += toStep, r += fromStep) out[q] = x[r]!;
    let dim = last - 1;
    for (; dim >= 0; dim--) {
      counter[dim]!++;
      o += toStrides[dim]!;
      p += fromStrides[dim]!;
      if (counter[dim]! < sizes[dim]!) break;
      o -= toStrides[dim]! * sizes[dim]!;
      p -= fromStrides[dim]! * sizes[dim]!;
      counter[dim] = 0;
    }
    if (dim < 0) return;
  }
}

/** Neighbouring dimensions that both sides walk in one stride become one; at least one dimension is left. */
function mergeDims(shape: Shape, to: readonly number[], from: readonly number[]): [number[], number[], number[]] {
  const merged: [number[], number[], number[]] = [[], [], []];
  const [sizes, toStrides, fromStrides] = merged;
  shape.forEach((size, i) => {
    if (size === 1) return;
    const last = sizes.length - 1;
    if (last >= 0 && toStrides[last] === to[i]! * size && fromStrides[last] === from[i]! * size) {
      sizes[last]! *= size;
      toStrides[last] = to[i]!;
      fromStrides[last] = from[i]!;
    } else {
      sizes.push(size);
      toStrides.push(to[i]!);
      fromStrides.push(from[i]!);
    }
  });
  return sizes.length > 0 ? merged : [[1], [0], [0]];
}
