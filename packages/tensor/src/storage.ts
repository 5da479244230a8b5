import { allocate, bytesPerElement, type DType, type TypedArray, viewBuffer } from "./dtype.ts";

/** Memory that a storage lies in: a buffer of its own, or a WebAssembly memory, whose `buffer` changes as it grows. */
export interface Heap {
  readonly buffer: ArrayBufferLike;
}

/**
 * The values of one or more tensors. The view is handed out on demand and never kept by others for long: growing a
 * WebAssembly memory empties all views on its old buffer.
 */
export class Storage {
  /** Counts `assign`s, so that a graph can tell that a value it needs has changed since. */
  version = 0;
  readonly dtype: DType;
  readonly length: number;
  /** `undefined`: a buffer of its own, which never changes. (Asking a small typed array for its buffer is slow.) */
  private heap: Heap | undefined;
  private byteOffset = 0;
  /**
   * `undefined`: nobody has looked at the values yet, which are all `initial`. An optimizer's state often moves to a heap without ever having been
   * an array, and a loss is often read as a number only.
   */
  private cached: TypedArray | undefined;
  private readonly initial: number;

  private constructor(dtype: DType, length: number, initial: number, view?: TypedArray) {
    this.dtype = dtype;
    this.length = length;
    this.initial = initial;
    this.cached = view;
  }

  /** Zeros, in a buffer of their own once they are looked at. */
  static allocate(dtype: DType, length: number): Storage {
    return new Storage(dtype, length, 0);
  }

  /** One value, which the dtype can hold, in a buffer of its own once it is looked at as an array. */
  static ofNumber(dtype: DType, value: number): Storage {
    return new Storage(dtype, 1, value);
  }

  /** Takes over a typed array without copying it. */
  static of(dtype: DType, view: TypedArray): Storage {
    return new Storage(dtype, view.length, 0, view);
  }

  get view(): TypedArray {
    if (this.cached === undefined) {
      this.cached = allocate(this.dtype, this.length);
      if (!Object.is(this.initial, 0)) this.cached.fill(this.initial);
    }
    if (this.heap && this.cached.buffer !== this.heap.buffer) {
      this.cached = viewBuffer(this.dtype, this.heap.buffer, this.byteOffset, this.length);
    }
    return this.cached;
  }

  /** The first value, of which no array is made. */
  get first(): number {
    return this.cached === undefined ? this.initial : this.view[0]!;
  }

  get bytes(): number {
    return this.length * bytesPerElement(this.dtype);
  }

  /** Where the values lie in a heap, in bytes; `undefined` if they lie elsewhere. */
  addressIn(heap: Heap): number | undefined {
    return this.heap === heap ? this.byteOffset : undefined;
  }

  /**
   * Moves the values to `byteOffset` in another heap; tensors that share this storage follow.
   * @param zeroed whether there are zeros in that place
   */
  moveTo(heap: Heap, byteOffset: number, zeroed = false): void {
    const target = viewBuffer(this.dtype, heap.buffer, byteOffset, this.length);
    if (this.cached) target.set(this.view);
    else if (!zeroed || !Object.is(this.initial, 0)) target.fill(this.initial);
    this.heap = heap;
    this.byteOffset = byteOffset;
    this.cached = target;
  }
}
