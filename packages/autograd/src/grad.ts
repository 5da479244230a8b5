import { isGradEnabled, reshape, type Tensor } from "@pointwise/tensor";
import { checkFloat, differentiate, isBeingDifferentiated } from "./value-and-grad.ts";

/**
 * From a scalar function of tensors, the function that gives its gradients: one for each argument, of the argument's shape
 * and dtype. An argument that the value does not depend on gets zeros.
 *
 * The result is differentiable again, so `grad((x) => sum(grad(f)(x)[0]))` gives second derivatives: it keeps a graph where an
 * argument is tracked, or where it runs inside another function that is being differentiated.
 * @see https://docs.jax.dev/en/latest/_autosummary/jax.grad.html
 * @throws UsageError if the value is not a tensor of one element, DTypeError if it or an argument is not of floats.
 */
export function grad<T extends readonly Tensor[]>(fn: (...x: T) => Tensor): (...x: T) => { [K in keyof T]: Tensor } {
  return (...x) => {
    x.forEach((argument, i) => {
      checkFloat(argument, `grad: argument ${i}`);
    });
    const createGraph = isBeingDifferentiated() || (isGradEnabled() && x.some((argument) => argument.tracked));
    // Tensors of their own, so that an argument given twice gets two gradients, and nobody else's requiresGrad changes.
    const own = x.map((argument) => {
      const alias = reshape(argument, argument.shape);
      alias.requiresGrad = true;
      return alias;
    });
    // `own` has the length of x, and the gradients have the length of `own`, which `map` does not tell the compiler.
    const [, grads] = differentiate("grad", () => fn(...(own as readonly Tensor[] as T)), own, createGraph);
    return own.map((alias) => grads.get(alias)!) as { [K in keyof T]: Tensor };
  };
}
