import { expect } from "vitest";

/** Equal up to a difference relative to the largest finite value, but at least to 1; NaN and infinities exactly. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `number of values of ${what}`).toBe(expected.length);
  const scale = expected.reduce((largest, v) => (Number.isFinite(v) ? Math.max(largest, Math.abs(v)) : largest), 1);
  const wrong = expected.findIndex((e, i) => {
    const a = actual[i]!;
    return !(Object.is(a, e) || a === e || Math.abs(a - e) <= tolerance * scale);
  });
  if (wrong >= 0) {
    expect.fail(
      `${what} is ${actual[wrong]} at position ${wrong}, but should be ${expected[wrong]} (tolerance ${tolerance * scale}).`,
    );
  }
}
