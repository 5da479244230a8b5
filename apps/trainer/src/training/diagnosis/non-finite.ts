import { isFloat, type Tensor } from "@pointwise/tensor";

/** The first value that is NaN or infinite; `undefined` if there is none. */
export function nonFinite({ dtype, data }: Tensor): number | undefined {
  return isFloat(dtype) ? data.find((value) => !Number.isFinite(value)) : undefined;
}

/** The largest magnitude of numbers; of bools and integers too. */
export function largestMagnitude({ data }: Tensor): number {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  return largest;
}
