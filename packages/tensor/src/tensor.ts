import type { DType, TypedArray } from "./dtype.ts";
import { UsageError } from "./errors.ts";
import type { Op } from "./op.ts";
import { formatTensor } from "./print.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";
import type { Storage } from "./storage.ts";

/** How a tensor came about: an edge of the graph that gradients flow back through. */
export interface Origin {
  readonly op: Op;
  readonly attrs: unknown;
  readonly inputs: readonly Tensor[];
  /** The inputs' storage versions when the op ran. */
  readonly versions: readonly number[];
}

/** Nested arrays of numbers, one level a dimension. */
export type NestedArray = number | readonly NestedArray[];

/** What functions take for a tensor: a number stands for a 0-d tensor of its neighbours' dtype. */
export type TensorLike = Tensor | number;

/**
 * An n-dimensional array: contiguous and row-major. Its values change only by `assign`. While a trace is open, a tensor
 * may have a shape but no values.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** `undefined` in a trace: there are no values yet. */
  readonly storage: Storage | undefined;
  readonly origin: Origin | undefined;
  /** A leaf that gradients are wanted for. */
  requiresGrad = false;

  /** Use `tensor`, `zeros` and the like; ops call this. */
  constructor(shape: Shape, dtype: DType, storage: Storage | undefined, origin?: Origin) {
    this.shape = shape;
    this.dtype = dtype;
    this.storage = storage;
    this.origin = origin;
  }

  /** Whether a gradient can flow to this tensor or through it. */
  get tracked(): boolean {
    return this.requiresGrad || this.origin !== undefined;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The values, row-major; bools as 0 and 1. It is the tensor's memory, not a copy: treat it as read-only, and do not keep it.
   * @throws UsageError while the tensor is traced.
   */
  get data(): TypedArray {
    if (!this.storage) {
      throw new UsageError(
        `This ${this.dtype} tensor ${formatShape(this.shape)} has no values yet: it is being traced, and its values exist only ` +
          `when the compiled function runs. Return it from the function and read it there.`,
      );
    }
    return this.storage.view;
  }

  /** The only value of a tensor of one element. */
  item(): number {
    if (this.size !== 1) {
      throw new UsageError(
        `item: a tensor of shape ${formatShape(this.shape)} has ${this.size} values, not one. Use toArray(), or reduce it first.`,
      );
    }
    return this.data[0]!;
  }

  /** The values as nested arrays; a number for a 0-d tensor. */
  toArray(): NestedArray {
    const data = this.data;
    let at = 0;
    const build = (dim: number): NestedArray =>
      dim === this.rank ? data[at++]! : Array.from({ length: this.shape[dim]! }, () => build(dim + 1));
    return build(0);
  }

  toString(): string {
    return formatTensor(this);
  }
}
