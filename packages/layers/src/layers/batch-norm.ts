import { add, mul, reshape, rsqrt, sub, type Tensor } from "@pointwise/tensor";

/**
 * (x − mean) / √(variance + eps) · weight + bias for each channel of x [N, C, ...]; all others are [C].
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html
 */
export function batchNorm(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  weight?: Tensor,
  bias?: Tensor,
  eps = 1e-5,
): Tensor {
  const inverse = rsqrt(add(variance, eps));
  const scaled = mul(sub(x, alongChannels(mean, x)), alongChannels(weight ? mul(inverse, weight) : inverse, x));
  return bias ? add(scaled, alongChannels(bias, x)) : scaled;
}

/** A vector [C] in a shape that broadcasts along dimension 1 of x. */
export const alongChannels = (vector: Tensor, x: Tensor): Tensor =>
  reshape(vector, [vector.size, ...x.shape.slice(2).map(() => 1)]);
