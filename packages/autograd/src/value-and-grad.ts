import {
  DTypeError,
  detach,
  formatShape,
  isFloat,
  isGradEnabled,
  Tensor,
  UsageError,
  withGradMode,
  zerosLike,
} from "@pointwise/tensor";
import { backward, type Gradients } from "./backward.ts";

/** How many functions are being differentiated right now, one inside the other. */
let depth = 0;

/** Whether the value that is being computed will itself be differentiated, so that gradients inside it need a graph. */
export const isBeingDifferentiated = (): boolean => depth > 0 && isGradEnabled();

/**
 * The value of a scalar function and its gradients by `wrt`, which are tracked while `fn` runs whatever their
 * `requiresGrad` says. A tensor that the value does not depend on gets a gradient of zeros.
 *
 * Inside another function that is being differentiated, value and gradients can be differentiated again. Otherwise they
 * come without a graph, so that a kept loss keeps nothing else alive.
 * @see https://docs.jax.dev/en/latest/_autosummary/jax.value_and_grad.html
 * @throws UsageError if the value is not a tensor of one element, DTypeError if it or a tensor of `wrt` is not of floats.
 */
export function valueAndGrad(fn: () => Tensor, wrt: readonly Tensor[]): [value: Tensor, grads: Gradients] {
  wrt.forEach((x, i) => {
    checkFloat(x, `valueAndGrad: wrt[${i}]`);
  });
  const createGraph = isBeingDifferentiated();
  const before = wrt.map((x) => x.requiresGrad);
  for (const x of wrt) x.requiresGrad = true;
  try {
    return differentiate("valueAndGrad", fn, wrt, createGraph);
  } finally {
    wrt.forEach((x, i) => {
      x.requiresGrad = before[i]!;
    });
  }
}

/** The value of `fn` and its gradients by tensors that are tracked. */
export function differentiate(
  who: string,
  fn: () => Tensor,
  wrt: readonly Tensor[],
  createGraph: boolean,
): [value: Tensor, grads: Gradients] {
  const value = runDifferentiated(fn);
  checkScalar(who, value);
  const found: Gradients = value.tracked ? backward(value, wrt, { createGraph }) : new Map();
  const grads = new Map(wrt.map((x) => [x, found.get(x) ?? zerosLike(x)]));
  return [createGraph ? value : detach(value), grads];
}

function runDifferentiated(fn: () => Tensor): Tensor {
  depth++;
  try {
    return withGradMode(true, fn);
  } finally {
    depth--;
  }
}

export function checkFloat(x: Tensor, who: string): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(
    `${who} is ${x.dtype} ${formatShape(x.shape)}, but gradients exist for float32 and float64 only. ` +
      "Leave indices and masks out: the function can use them without having a gradient by them.",
  );
}

function checkScalar(who: string, value: unknown): asserts value is Tensor {
  if (!(value instanceof Tensor)) {
    const what =
      value instanceof Promise ? "a promise: it must not be asynchronous" : `a value of type ${typeof value}`;
    throw new UsageError(`${who}: the function must return a tensor, but returned ${what}.`);
  }
  if (value.size !== 1) {
    throw new UsageError(
      `${who}: the function must return one number, but returned ${formatShape(value.shape)}. Reduce it first (mean or sum).`,
    );
  }
  checkFloat(value, `${who}: the value`);
}
