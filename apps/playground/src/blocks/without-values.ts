import { Rng, type Shape, Tensor, type Tracer, trace, zeros } from "@pointwise/tensor";

/** Records nothing: results have a shape, and no values are computed. */
const shapesOnly: Tracer = {
  record: () => undefined,
  constant: (_value, dtype) => new Tensor([], dtype, undefined),
  assign: () => undefined,
};

/** Runs a model for its shapes alone, which takes microseconds where values would take milliseconds of the page's time. */
export const withoutValues = <T>(fn: () => T): T => trace(shapesOnly, fn);

/** Zeros instead of random weights, for models that are made to be described only. */
export class NoRng extends Rng {
  override uniform(shape: Shape): Tensor {
    return zeros(shape);
  }
}
