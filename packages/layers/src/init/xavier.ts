import type { Rng, Shape, Tensor } from "@pointwise/tensor";
import { fansOf } from "./fans.ts";

export interface GainOptions {
  readonly rng: Rng;
  /** 1 unless said otherwise; see `calculateGain`. */
  readonly gain?: number;
}

/**
 * U(−b, b) with b = gain · √(6 / (fanIn + fanOut)).
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.xavier_uniform_
 * @see X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010)
 */
export function xavierUniform(shape: Shape, { rng, gain = 1 }: GainOptions): Tensor {
  const bound = Math.sqrt(3) * xavierStd(shape, gain);
  return rng.uniform(shape, { low: -bound, high: bound });
}

/**
 * Normal with mean 0 and standard deviation gain · √(2 / (fanIn + fanOut)).
 * @see https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.xavier_normal_
 */
export function xavierNormal(shape: Shape, { rng, gain = 1 }: GainOptions): Tensor {
  return rng.normal(shape, { std: xavierStd(shape, gain) });
}

function xavierStd(shape: Shape, gain: number): number {
  const { fanIn, fanOut } = fansOf(shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}
