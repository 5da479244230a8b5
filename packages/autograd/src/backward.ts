import {
  add,
  DTypeError,
  formatShape,
  isFloat,
  type Origin,
  onesLike,
  ShapeError,
  sameShape,
  type Tensor,
  UsageError,
  vjpOf,
  withGradMode,
} from "@pointwise/tensor";

/** Gradients by the tensor they belong to. */
export type Gradients = Map<Tensor, Tensor>;

export interface BackwardOptions {
  /** The gradient of the final loss by `output`, of its shape and dtype; needed unless `output` has one element. */
  readonly gradient?: Tensor;
  /** Keep the graph of the gradients themselves, to differentiate them again. */
  readonly createGraph?: boolean;
}

/**
 * The gradients of `output` by `wrt`, or by every tensor with `requiresGrad` that it depends on. Nothing is stored on the
 * tensors, and nothing is to be cleared between calls. A tensor of `wrt` that `output` does not depend on is missing in
 * the map.
 *
 * The graph is swept once from the output, in reverse order of computation, without recursion; rules run only on the way to
 * `wrt`.
 * @see https://pytorch.org/docs/stable/generated/torch.autograd.grad.html
 * @throws UsageError if `output` has no graph, or more than one element and no `gradient`; if a tensor of `wrt` was not
 * tracked; or if a value that the graph needs was changed by `assign` since.
 * @throws ShapeError, DTypeError if `gradient`, or what a gradient rule returns, does not match its tensor.
 */
export function backward(output: Tensor, wrt?: readonly Tensor[], options: BackwardOptions = {}): Gradients {
  wrt?.forEach(checkTracked);
  const wanted = wrt && new Set(wrt);
  const isWanted = (x: Tensor) => (wanted ? wanted.has(x) : x.requiresGrad);
  const sums: Gradients = new Map([[output, seed(output, options.gradient)]]);
  const order = reverseOrder(output);
  const path = onPathTo(order, isWanted);
  const found: Gradients = new Map();
  withGradMode(options.createGraph ?? false, () => {
    for (const node of order) {
      const grad = sums.get(node);
      sums.delete(node); // complete here, and of no further use: frees memory as the sweep goes on
      if (!grad) continue;
      if (isWanted(node)) found.set(node, grad);
      if (node.origin) propagate(node, node.origin, grad, path, sums);
    }
  });
  return found;
}

/** Adds to `sums` what `grad` of `node` means for each of its inputs on the path. */
function propagate(node: Tensor, origin: Origin, grad: Tensor, path: ReadonlySet<Tensor>, sums: Gradients): void {
  const { op, attrs, inputs } = origin;
  let checked = false;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!;
    const rule = path.has(input) && vjpOf(op, i);
    if (!rule) continue;
    if (!checked) checkUnchanged(node, origin);
    checked = true;
    const part = rule(grad, { out: node, inputs, attrs });
    checkMatches(part, input, `backward: the gradient rule of ${op.name} for its input ${i}`);
    const sum = sums.get(input);
    sums.set(input, sum ? add(sum, part) : part);
  }
}

/** Outputs before inputs: a depth-first walk with a stack of its own. */
function reverseOrder(output: Tensor): Tensor[] {
  const postorder: Tensor[] = [];
  const seen = new Set<Tensor>([output]);
  const stack: { node: Tensor; next: number }[] = [{ node: output, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const input = top.node.origin?.inputs[top.next++];
    if (!input) {
      postorder.push(top.node);
      stack.pop();
    } else if (input.tracked && !seen.has(input)) {
      seen.add(input);
      stack.push({ node: input, next: 0 });
    }
  }
  return postorder.reverse();
}

/** The nodes whose gradient is wanted, or needed on the way to one that is. */
function onPathTo(order: readonly Tensor[], isWanted: (x: Tensor) => boolean): Set<Tensor> {
  const path = new Set<Tensor>();
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    if (isWanted(node) || node.origin?.inputs.some((x, j) => path.has(x) && vjpOf(node.origin!.op, j))) path.add(node);
  }
  return path;
}

function seed(output: Tensor, gradient: Tensor | undefined): Tensor {
  if (!output.tracked) {
    const cause = isFloat(output.dtype)
      ? "Was it computed inside noGrad, from detached values, or from tensors without requiresGrad?"
      : `It is ${output.dtype}, and gradients flow through float values only: counts, comparisons and indices have none.`;
    throw new UsageError(
      `backward: the output does not depend on any tensor with requiresGrad, so there is nothing to differentiate. ${cause}`,
    );
  }
  if (gradient) {
    checkMatches(gradient, output, "backward: the option gradient");
    return gradient;
  }
  if (output.size !== 1) {
    throw new UsageError(
      `backward: the output has shape ${formatShape(output.shape)}, but gradients are those of one number. ` +
        "Reduce it first (mean or sum), or pass { gradient } of the same shape.",
    );
  }
  return onesLike(output);
}

function checkTracked(x: Tensor, i: number): void {
  if (x.tracked) return;
  throw new UsageError(
    `backward: wrt[${i}] (${x.dtype} ${formatShape(x.shape)}) is not tracked, so no gradient can reach it. ` +
      "Set its requiresGrad before the output is computed, or use valueAndGrad, which does that.",
  );
}

function checkMatches(grad: Tensor, x: Tensor, who: string): void {
  if (!sameShape(grad.shape, x.shape)) {
    throw new ShapeError(
      `${who} has shape ${formatShape(grad.shape)}, but its tensor has shape ${formatShape(x.shape)}. A gradient has its tensor's ` +
        "shape: sum over dimensions that were broadcast, as toTypeOf(grad, x) does.",
    );
  }
  if (grad.dtype !== x.dtype) {
    throw new DTypeError(`${who} is ${grad.dtype}, but its tensor is ${x.dtype}. Use cast(grad, "${x.dtype}").`);
  }
}

function checkUnchanged(node: Tensor, { op, inputs, versions }: Origin): void {
  const advice = "Compute gradients before the optimizer steps, or run the forward pass again.";
  inputs.forEach((input, i) => {
    if (input.storage && input.storage.version !== versions[i]) {
      throw new UsageError(
        `backward: input ${i} of ${op.name} (${input.dtype} ${formatShape(input.shape)}) was changed by assign after ${op.name} used ` +
          `it, so its gradient would be wrong. ${advice}`,
      );
    }
  });
  // The result of any op but a view has a storage of its own, which is new.
  if (op.kind !== "view" && node.storage && node.storage.version !== 0) {
    throw new UsageError(
      `backward: the result of ${op.name} (${node.dtype} ${formatShape(node.shape)}) was changed by assign, so its gradient would be ` +
        `wrong. Assign to parameters and state only, not to tensors that were computed. ${advice}`,
    );
  }
}
