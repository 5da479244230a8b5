import { type DType, type Op, Tensor, type Tracer, trace, withGradMode } from "@pointwise/tensor";

/** Runs `fn` without computing anything; `check` sees the shape of each result, before there is one. */
export function withShapesOnly(fn: () => void, check: (out: Tensor) => void): void {
  withGradMode(false, () => trace(new ShapesOnly(check), fn));
}

class ShapesOnly implements Tracer {
  private readonly check: (out: Tensor) => void;

  constructor(check: (out: Tensor) => void) {
    this.check = check;
  }

  record(_op: Op, _inputs: readonly Tensor[], _attrs: unknown, out: Tensor): void {
    this.check(out);
  }

  constant(_value: number, dtype: DType): Tensor {
    return new Tensor([], dtype, undefined);
  }

  assign(): void {
    throw new Error("An imported model assigns to nothing.");
  }
}
