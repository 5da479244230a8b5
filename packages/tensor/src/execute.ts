import type { DType } from "./dtype.ts";
import { runReduce } from "./elementwise/reduce.ts";
import { runElementwise } from "./elementwise/run.ts";
import type { Op } from "./op.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";
import type { Tensor } from "./tensor.ts";

/** Computes an op now, with the reference kernels. */
export function execute(op: Op, inputs: readonly Tensor[], attrs: unknown, shape: Shape, dtype: DType): Storage {
  for (const input of inputs) void input.data; // a traced tensor that leaked out of its trace explains itself here
  if (op.kind === "view") return inputs[0]!.storage!;
  const storage = Storage.allocate(dtype, sizeOf(shape));
  const out = { data: storage.view, shape };
  switch (op.kind) {
    case "elementwise":
      runElementwise(op, attrs, out, inputs);
      break;
    case "reduce":
      runReduce(op, op.dims(attrs), out, inputs[0]!);
      break;
    case "kernel":
      op.reference(out, attrs, ...inputs);
  }
  return storage;
}
