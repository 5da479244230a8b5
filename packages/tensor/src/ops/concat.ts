import { apply } from "../apply.ts";
import { kernel } from "../define.ts";
import { promoteTypes } from "../dtype.ts";
import { ShapeError, UsageError } from "../errors.ts";
import { formatShape, normalizeDim, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { cast } from "./cast.ts";
import { narrow } from "./narrow.ts";

export const concatOp = kernel<{ dim: number }>({
  name: "concat",
  kernel: "concat",
  shape: ({ dim }, ...shapes) => {
    const first = shapes[0]!;
    for (const shape of shapes) {
      if (shape.length !== first.length || shape.some((d, i) => i !== dim && d !== first[i])) {
        throw new ShapeError(
          `concat: ${shapes.map(formatShape).join(" and ")} must agree in every dimension but ${dim}, along which they are joined.`,
        );
      }
    }
    return first.with(
      dim,
      shapes.reduce((sum, shape) => sum + shape[dim]!, 0),
    );
  },
  reference: (out, { dim }, ...inputs) => {
    const outRun = sizeOf(out.shape.slice(dim));
    let offset = 0;
    for (const { data, shape } of inputs) {
      const run = sizeOf(shape.slice(dim));
      for (let from = 0, to = offset; from < data.length; from += run, to += outRun) {
        out.data.set(data.subarray(from, from + run), to);
      }
      offset += run;
    }
  },
  vjp:
    (input) =>
    (grad, { inputs, attrs: { dim } }) => {
      const start = inputs.slice(0, input).reduce((sum, x) => sum + x.shape[dim]!, 0);
      return narrow(grad, dim, start, inputs[input]!.shape[dim]!);
    },
});

/**
 * Tensors joined along an existing dimension; dtypes are promoted.
 * @see https://pytorch.org/docs/stable/generated/torch.cat.html
 * @throws ShapeError if other dimensions differ, UsageError without tensors.
 */
export function concat(tensors: readonly Tensor[], dim = 0): Tensor {
  const first = tensors[0];
  if (!first) throw new UsageError("concat: give at least one tensor.");
  const dtype = promoteTypes(...tensors);
  return apply(
    concatOp,
    tensors.map((x) => cast(x, dtype)),
    { dim: normalizeDim(dim, first.rank, "concat") },
  );
}
