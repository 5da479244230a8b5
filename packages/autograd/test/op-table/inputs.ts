import { type DType, fromData, type NestedValues, type Shape, sizeOf, type Tensor, tensor } from "@pointwise/tensor";

/** How a row's input is made: deterministically, from a number that is the row's own. */
export type Input = (seed: number) => Tensor;

/** Multiples of 2⁻¹⁰ between `low` and `high`, which float32 holds exactly. */
export function uniform(shape: Shape, low = -2, high = 2, dtype: DType = "float64"): Input {
  return (seed) => {
    const random = mulberry32(seed);
    const steps = (high - low) * 1024;
    return fill(shape, dtype, () => low + Math.floor(random() * steps) / 1024);
  };
}

/** Whole numbers from `low` to `high` − 1. */
export function integers(shape: Shape, low: number, high: number, dtype: DType = "int32"): Input {
  return (seed) => {
    const random = mulberry32(seed);
    return fill(shape, dtype, () => low + Math.floor(random() * (high - low)));
  };
}

export const bools = (shape: Shape): Input => integers(shape, 0, 2, "bool");

/** Shuffled numbers between −2 and 2, no two of them near each other: for maxima and sorting. */
export function distinct(shape: Shape, dtype: DType = "float64"): Input {
  return (seed) => {
    const random = mulberry32(seed);
    const grid = Array.from(
      { length: sizeOf(shape) },
      (_, i) => Math.round(((i + 0.5) / sizeOf(shape) - 0.5) * 4096) / 1024,
    );
    return fill(shape, dtype, () => grid.splice(Math.floor(random() * grid.length), 1)[0]!);
  };
}

/** The values given. */
export function values(nested: NestedValues, dtype: DType = "float64"): Input {
  return () => tensor(nested, { dtype });
}

function fill(shape: Shape, dtype: DType, next: () => number): Tensor {
  return tensor(Float64Array.from({ length: sizeOf(shape) }, next), { shape, dtype });
}

/** @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain) */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same values with float64 replaced by float32. */
export function toFloat32(x: Tensor): Tensor {
  return x.dtype === "float64" ? fromData(Float32Array.from(x.data), x.shape, "float32") : x;
}
