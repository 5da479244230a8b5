import { UsageError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { add } from "./add.ts";
import { erf } from "./erf.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";
import { tanh } from "./tanh.ts";

export interface GeluOptions {
  /** "none" (the default): by the error function. "tanh": the approximation that GPT-2 used. */
  readonly approximate?: "none" | "tanh";
}

/**
 * x · Φ(x), where Φ is the normal distribution function (Hendrycks and Gimpel, 2016).
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html
 * @throws UsageError for an unknown approximation.
 */
export function gelu(x: Tensor, { approximate = "none" }: GeluOptions = {}): Tensor {
  switch (approximate) {
    case "none":
      return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
    case "tanh": {
      const inner = mul(mul(x, add(mul(square(x), 0.044715), 1)), Math.sqrt(2 / Math.PI));
      return mul(mul(x, 0.5), add(tanh(inner), 1));
    }
    default:
      throw new UsageError(`gelu: approximate must be "none" or "tanh", but is ${JSON.stringify(approximate)}.`);
  }
}
