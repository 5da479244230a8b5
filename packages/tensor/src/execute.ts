import type { DType, TensorType } from "./dtype.ts";
import { runReduce } from "./elementwise/reduce.ts";
import { runElementwise } from "./elementwise/run.ts";
import type { Buffer, KernelOp, Op } from "./op.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Computes ops with kernels that are faster than the references. Returns `undefined` for an op that it leaves to them, which must depend on the op, its
 * attributes and the types of its inputs only: the same computation gives the same bits whatever else a process does.
 */
export type Accelerator = (
  op: KernelOp,
  attrs: unknown,
  inputs: readonly Tensor[],
  out: TensorType,
) => Storage | undefined;

let accelerator: Accelerator | undefined;

/** From here on, ops that are executed are offered to `accelerate` first. */
export function setAccelerator(accelerate: Accelerator | undefined): void {
  accelerator = accelerate;
}

/** Computes an op now. */
export function execute(op: Op, inputs: readonly Tensor[], attrs: unknown, shape: Shape, dtype: DType): Storage {
  // Read once: `data` is a getter, too slow for inner loops. A traced tensor that leaked out of its trace explains itself here.
  const x = inputs.map(({ data, shape }) => ({ data, shape }));
  if (op.kind === "view") return inputs[0]!.storage!;
  const accelerated = op.kind === "kernel" ? accelerator?.(op, attrs, inputs, { shape, dtype }) : undefined;
  if (accelerated) return accelerated;
  const storage = Storage.allocate(dtype, sizeOf(shape));
  runReference(op, attrs, { data: storage.view, shape }, x);
  return storage;
}

/** The meaning of an op that is not a view: writes every element of `out`, which comes zeroed. */
export function runReference(op: Op, attrs: unknown, out: Buffer, x: readonly Buffer[]): void {
  switch (op.kind) {
    case "elementwise":
      runElementwise(op, attrs, out, x);
      break;
    case "reduce":
      runReduce(op, op.dims(attrs), out, x[0]!);
      break;
    case "kernel":
      op.reference(out, attrs, ...x);
  }
}
