import { allocate, type DType, isFloat, promoteTypes } from "./dtype.ts";
import { execute } from "./execute.ts";
import { isGradEnabled } from "./grad-mode.ts";
import { type Op, vjpOf } from "./op.ts";
import { Storage } from "./storage.ts";
import { Tensor, type TensorLike } from "./tensor.ts";
import { currentTracer } from "./tracer.ts";

/**
 * The one door that every op goes through. It checks shapes and dtypes, computes the result (or records it, while a trace is
 * open), and keeps the graph where an input is tracked.
 * @throws ShapeError, DTypeError
 */
export function apply(op: Op<undefined>, inputs: readonly TensorLike[]): Tensor;
export function apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs: A): Tensor;
export function apply(op: Op, inputs: readonly TensorLike[], attrs?: unknown): Tensor {
  const x = liftNumbers(inputs);
  const shape = op.shape(attrs, ...x.map((t) => t.shape));
  const dtype = op.dtype(attrs, ...x);
  const keepsGraph = isGradEnabled() && isFloat(dtype) && x.some((t, i) => t.tracked && vjpOf(op, i));
  const origin = keepsGraph ? { op, attrs, inputs: x, versions: x.map((t) => t.storage?.version ?? 0) } : undefined;
  const tracer = currentTracer();
  const out = new Tensor(shape, dtype, tracer ? undefined : execute(op, x, attrs, shape, dtype), origin);
  tracer?.record(op, x, attrs, out);
  return out;
}

/** Numbers become 0-d tensors of the dtype of the tensors beside them, or float32 where that cannot hold the number. */
function liftNumbers(inputs: readonly TensorLike[]): Tensor[] {
  const tensors = inputs.filter((x) => typeof x !== "number");
  if (tensors.length === inputs.length) return tensors;
  const dtype = promoteTypes(...tensors);
  return inputs.map((x) => (typeof x === "number" ? constant(x, dtypeForNumber(x, dtype)) : x));
}

function dtypeForNumber(value: number, neighbour: DType): DType {
  if (isFloat(neighbour)) return neighbour;
  return neighbour === "int32" && Number.isInteger(value) ? "int32" : "float32";
}

function constant(value: number, dtype: DType): Tensor {
  const tracer = currentTracer();
  return tracer
    ? tracer.constant(value, dtype)
    : new Tensor([], dtype, Storage.of(dtype, allocate(dtype, 1).fill(value)));
}
