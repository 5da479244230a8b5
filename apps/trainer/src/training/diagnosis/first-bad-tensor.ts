import type { Tensor } from "@pointwise/tensor";
import { nonFinite } from "./non-finite.ts";

/**
 * Where NaN and infinities begin in the graph of a tensor: the first of its ops that made one of inputs without, or the first input that has one and was
 * made by no op; `undefined` if there is none. What depends on no tracked tensor has no graph, and counts as an input.
 */
export function firstBadTensor(root: Tensor): Tensor | undefined {
  return inOrder(root).find((x) => nonFinite(x) !== undefined);
}

/** The tensors of a graph, inputs before outputs: a depth-first walk with a stack of its own. */
export function inOrder(root: Tensor): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set([root]);
  const stack = [{ node: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const input = top.node.origin?.inputs[top.next++];
    if (!input) {
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ node: input, next: 0 });
    }
  }
  return order;
}
