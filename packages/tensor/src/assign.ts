import { DTypeError, ShapeError } from "./errors.ts";
import { formatShape, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import { currentTracer } from "./tracer.ts";

/**
 * Gives `target` the values of `value`, in place: how parameters, optimizer state and running statistics change. Tensors
 * that share memory with `target` change too. A graph that was built with the old values refuses to be swept afterwards.
 * @throws ShapeError if the shapes differ, DTypeError if the dtypes do.
 */
export function assign(target: Tensor, value: Tensor): void {
  if (!sameShape(target.shape, value.shape)) {
    throw new ShapeError(
      `assign: a tensor of shape ${formatShape(target.shape)} cannot take values of shape ${formatShape(value.shape)}.`,
    );
  }
  if (target.dtype !== value.dtype) {
    throw new DTypeError(
      `assign: a ${target.dtype} tensor cannot take ${value.dtype} values. Use cast(value, "${target.dtype}").`,
    );
  }
  const tracer = currentTracer();
  if (tracer) {
    tracer.assign(target, value);
    return;
  }
  target.data.set(value.data);
  target.storage!.version++;
}
