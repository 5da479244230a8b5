import { type Tensor, UsageError } from "@pointwise/tensor";

/** A picture, a map or a matrix as plain numbers, row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: readonly number[];
}

/**
 * One plane of a tensor [..., H, W] as plain numbers.
 * @param plane its number, counted over all leading dimensions
 */
export function gridOf(x: Tensor, plane = 0): Grid {
  const [height, width] = x.shape.slice(-2);
  if (height === undefined || width === undefined) throw new UsageError("gridOf: needs a tensor [..., H, W].");
  const start = plane * height * width;
  return { height, width, values: Array.from(x.data.subarray(start, start + height * width)) };
}
