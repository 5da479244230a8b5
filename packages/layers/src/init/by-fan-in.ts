import type { Rng, Shape, Tensor } from "@pointwise/tensor";

/**
 * U(−1/√fanIn, 1/√fanIn): how PyTorch makes the weights and biases of Linear and Conv2d, there written as kaiming_uniform with a = √5.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Linear.html
 */
export function uniformByFanIn(shape: Shape, fanIn: number, rng: Rng): Tensor {
  const bound = 1 / Math.sqrt(fanIn);
  return rng.uniform(shape, { low: -bound, high: bound });
}
