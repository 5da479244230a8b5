import { add, type Origin, onesLike, type Tensor, UsageError, vjpOf, withGradMode } from "@pointwise/tensor";

/** Gradients by the tensor they belong to. */
export type Gradients = Map<Tensor, Tensor>;

export interface BackwardOptions {
  /** The gradient of the final loss by `output`; needed when `output` is not a scalar. Ones if left out. */
  readonly gradient?: Tensor;
  /** Keep the graph of the gradients themselves, to differentiate them again. */
  readonly createGraph?: boolean;
}

/**
 * The gradients of `output` by `wrt`, or by every leaf it depends on that has `requiresGrad`. Nothing is stored on the
 * tensors, and nothing is to be cleared between calls. A tensor of `wrt` that `output` does not depend on is missing in
 * the map.
 *
 * The graph is swept once from the output, in reverse order of computation, without recursion; rules run only on the way to
 * `wrt`.
 * @throws UsageError if `output` has no graph, is no scalar and has no `gradient`, or if a value that the graph needs was
 * changed by `assign` since.
 */
export function backward(output: Tensor, wrt?: readonly Tensor[], options: BackwardOptions = {}): Gradients {
  const wanted = wrt && new Set(wrt);
  const isWanted = (x: Tensor) => (wanted ? wanted.has(x) : x.requiresGrad);
  const order = reverseOrder(output);
  const path = onPathTo(order, isWanted);
  const sums: Gradients = new Map([[output, seed(output, options.gradient)]]);
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
function propagate(out: Tensor, origin: Origin, grad: Tensor, path: ReadonlySet<Tensor>, sums: Gradients): void {
  const { op, attrs, inputs } = origin;
  inputs.forEach((input, i) => {
    const rule = vjpOf(op, i);
    if (!rule || !path.has(input)) return;
    checkUnchanged(origin);
    const part = rule(grad, { out, inputs, attrs });
    const sum = sums.get(input);
    sums.set(input, sum ? add(sum, part) : part);
  });
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
    if (isWanted(node) || node.origin?.inputs.some((x) => path.has(x))) path.add(node);
  }
  return path;
}

function seed(output: Tensor, gradient: Tensor | undefined): Tensor {
  if (!output.tracked) {
    throw new UsageError(
      "backward: the output does not depend on any tensor with requiresGrad, so there is nothing to differentiate. Was it computed " +
        "inside noGrad, from detached values, or by an op without a gradient such as argmax?",
    );
  }
  if (!gradient && output.size !== 1) {
    throw new UsageError(
      `backward: the output has shape [${output.shape.join(", ")}], but gradients are those of one number. ` +
        "Reduce it first (mean or sum), or pass { gradient } of the same shape.",
    );
  }
  return gradient ?? onesLike(output);
}

function checkUnchanged({ op, inputs, versions }: Origin): void {
  inputs.forEach((input, i) => {
    if (input.storage && input.storage.version !== versions[i]) {
      throw new UsageError(
        `backward: input ${i} of ${op.name} (${input.dtype} [${input.shape.join(", ")}]) was changed by assign after ${op.name} used ` +
          "it, so its gradient would be wrong. Compute gradients before the optimizer steps, or run the forward pass again.",
      );
    }
  });
}
