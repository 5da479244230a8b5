/** Copies an n-dimensional block of values from one place to another that does not overlap it. All numbers count values. */
export interface StridedCopySpec {
  readonly sizes: readonly number[];
  readonly fromOffset: number;
  /** Negative strides walk backwards, 0 repeats. */
  readonly fromStrides: readonly number[];
  readonly toOffset: number;
  readonly toStrides: readonly number[];
  /** Of a value: 4 for float32 and int32, 1 for bool. */
  readonly bytes: 1 | 4;
}
