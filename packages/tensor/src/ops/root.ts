import type { Tensor } from "../tensor.ts";
import { eq } from "./eq.ts";
import { pow } from "./pow.ts";
import { sqrt } from "./sqrt.ts";
import { where } from "./where.ts";

/** The p-th root of a sum of powers. At 0, where its slope is infinite, the gradient is 0, PyTorch's convention for norms. */
export function root(x: Tensor, p = 2): Tensor {
  const isZero = eq(x, 0);
  const safe = where(isZero, 1, x);
  return where(isZero, 0, p === 2 ? sqrt(safe) : pow(safe, 1 / p));
}
