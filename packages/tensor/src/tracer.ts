import type { DType } from "./dtype.ts";
import type { Op } from "./op.ts";
import type { Tensor } from "./tensor.ts";

/** Records what would otherwise be computed. A compiler implements it. */
export interface Tracer {
  /** Must be told of every op; what it keeps is its own affair, for the tensor that stands for the result has no values. */
  record(op: Op, inputs: readonly Tensor[], attrs: unknown, out: Tensor): void;
  /** A number in the traced function. */
  constant(value: number, dtype: DType): Tensor;
  /** A tensor that was made while the trace is open, filled with one number. It has values, and may become state. */
  created?(x: Tensor, value: number): void;
  /** `target` shall have the values of `value` from here on. */
  assign(target: Tensor, value: Tensor): void;
}

let open: Tracer | undefined;

export const currentTracer = (): Tracer | undefined => open;

/** Runs `fn` with every op and `assign` recorded by `tracer` instead of executed. */
export function trace<T>(tracer: Tracer, fn: () => T): T {
  const before = open;
  open = tracer;
  try {
    return fn();
  } finally {
    open = before;
  }
}
