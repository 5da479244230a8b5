import type { Tensor } from "@pointwise/tensor";
import { expect } from "vitest";

/** Expects the same shapes, dtypes and values; the tolerance is relative to the largest magnitude in each tensor, or to 1 where that is less. */
export function expectClose(actual: readonly Tensor[], wanted: readonly Tensor[], tolerance = 2e-5): void {
  expect(actual.length).toBe(wanted.length);
  actual.forEach((x, i) => {
    const y = wanted[i]!;
    expect({ shape: x.shape, dtype: x.dtype }).toEqual({ shape: y.shape, dtype: y.dtype });
    const scale = Math.max(1, ...Array.from(y.data, (value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
    x.data.forEach((value, j) => {
      const expected = y.data[j]!;
      if (Object.is(value, expected) || Math.abs(value - expected) <= tolerance * scale) return;
      expect.fail(`output ${i} ${y.dtype} [${y.shape}], element ${j}: ${value} instead of ${expected}`);
    });
  });
}
