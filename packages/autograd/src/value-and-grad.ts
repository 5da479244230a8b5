import { type Tensor, UsageError, withGradMode, zerosLike } from "@pointwise/tensor";
import { backward, type Gradients } from "./backward.ts";

/**
 * The value of a scalar function and its gradients by `wrt`, which are tracked while `fn` runs whatever their
 * `requiresGrad` says. A tensor that the value does not depend on gets a gradient of zeros.
 * @throws UsageError if the value is not a tensor of one element.
 */
export function valueAndGrad(fn: () => Tensor, wrt: readonly Tensor[]): [value: Tensor, grads: Gradients] {
  const before = wrt.map((x) => x.requiresGrad);
  for (const x of wrt) x.requiresGrad = true;
  try {
    const value = withGradMode(true, fn);
    if (value.size !== 1) {
      throw new UsageError(
        `valueAndGrad: the function must return one number, but returned [${value.shape.join(", ")}]. Reduce it first (mean or sum).`,
      );
    }
    const found: Gradients = value.tracked ? backward(value, wrt) : new Map();
    return [value, new Map(wrt.map((x) => [x, found.get(x) ?? zerosLike(x)]))];
  } finally {
    wrt.forEach((x, i) => {
      x.requiresGrad = before[i]!;
    });
  }
}
