import type { Tensor } from "@pointwise/tensor";
import { expect } from "vitest";

/** Expects the values within 1e-5, of themselves where they are larger than 1, and gives the largest difference. */
export function expectClose(actual: Tensor, expected: Tensor, what: string): number {
  expect(actual.shape, what).toEqual(expected.shape);
  expect(actual.dtype, what).toEqual(expected.dtype);
  let largest = 0;
  const [a, b] = [actual.data, expected.data];
  for (let i = 0; i < b.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const difference = Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!));
    if (!(difference <= largest)) largest = difference;
  }
  expect(largest, `${what}: the largest difference`).toBeLessThanOrEqual(1e-5);
  return largest;
}
