import { UsageError, withGradMode } from "@pointwise/tensor";

/**
 * Runs `fn` without keeping a graph: for evaluation, and for updates of parameters.
 * @see https://pytorch.org/docs/stable/generated/torch.no_grad.html
 * @throws UsageError if `fn` is asynchronous: the mode could not follow it.
 */
export function noGrad<T>(fn: () => T): T {
  return synchronous("noGrad", withGradMode(false, fn));
}

/**
 * Runs `fn` with the graph kept, also within `noGrad`.
 * @see https://pytorch.org/docs/stable/generated/torch.enable_grad.html
 * @throws UsageError if `fn` is asynchronous: the mode could not follow it.
 */
export function enableGrad<T>(fn: () => T): T {
  return synchronous("enableGrad", withGradMode(true, fn));
}

function synchronous<T>(who: string, result: T): T {
  if (!(result instanceof Promise)) return result;
  result.catch(() => {}); // reported here, not a second time as an unhandled rejection
  throw new UsageError(
    `${who}: the function is asynchronous, but the mode ends when it first waits. Await outside, and pass a function that computes.`,
  );
}
