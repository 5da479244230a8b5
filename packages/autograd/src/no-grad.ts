import { withGradMode } from "@pointwise/tensor";

/**
 * Runs `fn` without keeping a graph: for evaluation, and for updates of parameters.
 * @see https://pytorch.org/docs/stable/generated/torch.no_grad.html
 */
export function noGrad<T>(fn: () => T): T {
  return withGradMode(false, fn);
}
