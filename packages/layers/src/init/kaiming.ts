import type { Rng, Shape, Tensor } from "@pointwise/tensor";
import { fansOf } from "./fans.ts";

export interface KaimingOptions {
  readonly rng: Rng;
  /** "fanIn" (the default) keeps the variance of the activations, "fanOut" that of the gradients. */
  readonly mode?: "fanIn" | "fanOut";
  /** √2, that of relu, unless said otherwise; see `calculateGain`. */
  readonly gain?: number;
}

/**
 * U(−b, b) with b = gain · √(3 / fan).
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.kaiming_uniform_
 * @see K. He and others, "Delving deep into rectifiers" (2015)
 */
export function kaimingUniform(shape: Shape, { rng, mode = "fanIn", gain = Math.SQRT2 }: KaimingOptions): Tensor {
  const bound = gain * Math.sqrt(3 / fansOf(shape)[mode]);
  return rng.uniform(shape, { low: -bound, high: bound });
}

/**
 * Normal with mean 0 and standard deviation gain / √fan.
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.kaiming_normal_
 */
export function kaimingNormal(shape: Shape, { rng, mode = "fanIn", gain = Math.SQRT2 }: KaimingOptions): Tensor {
  return rng.normal(shape, { std: gain / Math.sqrt(fansOf(shape)[mode]) });
}
