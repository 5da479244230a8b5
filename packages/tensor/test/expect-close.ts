import type { Tensor } from "@pointwise/tensor";
import { expect } from "vitest";

/** Equal up to `tolerance` relative to the largest finite value; NaN and infinities exactly. */
export function expectClose(actual: Tensor, expected: readonly number[], tolerance = 1e-12): void {
  expect(actual.size).toBe(expected.length);
  const scale = expected.reduce((largest, v) => (Number.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest), 1);
  const wrong = expected.findIndex((e, i) => {
    const a = actual.data[i]!;
    return a !== e && !(Number.isNaN(a) && Number.isNaN(e)) && !(Math.abs(a - e) <= tolerance * scale);
  });
  if (wrong >= 0) expect.fail(`position ${wrong} is ${actual.data[wrong]}, but should be ${expected[wrong]}`);
}

/** Σ a·b */
export function inner(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return Array.from(a.data, (v, i) => v * b.data[i]!).reduce((sum, v) => sum + v, 0);
}
