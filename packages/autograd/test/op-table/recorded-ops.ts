import { type Op, Tensor, type Tracer, trace } from "@pointwise/tensor";
import { makeInputs, type Row } from "./row.ts";

/** The ops that a row's function goes through, found by tracing it. */
export function recordedOps(row: Row): Set<Op> {
  const ops = new Set<Op>();
  const tracer: Tracer = {
    record: (op) => ops.add(op),
    constant: (_, dtype) => new Tensor([], dtype, undefined),
    assign: () => {
      throw new Error("A row of the op table must not change tensors.");
    },
  };
  const inputs = makeInputs(row);
  trace(tracer, () => row.fn(...inputs));
  return ops;
}
