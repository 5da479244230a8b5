import { add, mean, mul, rsqrt, square, sub, type Tensor } from "@pointwise/tensor";

/** Mean 0 and variance 1 (the population's, with eps added) over the given dimensions. */
export function standardize(x: Tensor, dims: readonly number[], eps: number): Tensor {
  const centred = sub(x, mean(x, dims, { keepdim: true }));
  return mul(centred, rsqrt(add(mean(square(centred), dims, { keepdim: true }), eps)));
}
