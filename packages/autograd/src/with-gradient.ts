import { apply, detach, type Tensor, UsageError, type VjpContext, view } from "@pointwise/tensor";
import { noGrad } from "./no-grad.ts";

/** The gradient by one input, from the gradient by the output. Made of ops, it can be differentiated again. */
export type GradientRule = (grad: Tensor, at: Pick<VjpContext<undefined>, "out" | "inputs">) => Tensor;

/**
 * A function with gradients of your own: `forward` runs without a graph, and `rules` say what flows back to each of its
 * inputs; `null` for an input that has no gradient. For derivatives that the ops' own rules would get wrong or at a
 * high price, as in `withGradient((x) => round(x), [(grad) => grad])`, which lets gradients pass a rounding.
 * @see https://pytorch.org/docs/stable/notes/extending.html
 * @throws UsageError, when called, if there is not one rule for each input. When the gradient is computed, ShapeError or
 * DTypeError if a rule returns anything but a tensor of its input's shape and dtype.
 */
export function withGradient<T extends readonly Tensor[]>(
  forward: (...x: T) => Tensor,
  rules: readonly (GradientRule | null)[],
): (...x: T) => Tensor {
  // The result is the first input, and untracked: seen through this op, it has the other inputs' gradients.
  const op = view({
    name: forward.name || "withGradient",
    shape: (_, result) => result!,
    vjp: [null, ...rules.map((rule) => rule && withoutResult(rule))],
  });
  return (...x) => {
    if (x.length !== rules.length) {
      throw new UsageError(
        `withGradient: ${op.name} got ${x.length} inputs, but has ${rules.length} gradient rules. It needs one rule for each ` +
          "input: null for one without a gradient.",
      );
    }
    return apply(op, [detach(noGrad(() => forward(...x))), ...x]);
  };
}

const withoutResult =
  (rule: GradientRule): GradientRule =>
  (grad, { out, inputs }) =>
    rule(grad, { out, inputs: inputs.slice(1) });
