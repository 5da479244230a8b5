import type { Buffer } from "../op.ts";
import { type Shape, stridesOf } from "../shape.ts";

/** For each entry of `index`, where in a flat tensor of `shape` it points: its own place, but along `dim` the entry. */
export function indexOffsets(shape: Shape, dim: number, index: Buffer): Int32Array {
  const offsets = new Int32Array(index.data.length);
  const strides = stridesOf(shape);
  const counter = index.shape.map(() => 0);
  for (let i = 0; i < offsets.length; i++) {
    let offset = index.data[i]! * strides[dim]!;
    for (let d = 0; d < counter.length; d++) if (d !== dim) offset += counter[d]! * strides[d]!;
    offsets[i] = offset;
    for (let d = counter.length - 1; d >= 0 && ++counter[d]! === index.shape[d]; d--) counter[d] = 0;
  }
  return offsets;
}
