import type { Tensor } from "@pointwise/tensor";
import { expect } from "vitest";

/** Of the largest magnitude of a tensor, or of 1. */
const tolerance = 1e-5;
/** Programs that make more of a rounding than this are no test. */
const mostTolerance = 1e-2;

const largest = (x: ArrayLike<number>) => Array.from(x).reduce((most, value) => Math.max(most, Math.abs(value)), 1);

/**
 * Expects the same as in eager mode up to rounding. Where eager mode rounds, too, its results in float64 decide, with a tolerance of some times its own error.
 * @param exact by output of a call: whether there is nothing to round
 */
export function expectSame(
  actual: readonly Tensor[],
  eager: readonly Tensor[],
  inFloat64: () => readonly Tensor[],
  exact: readonly boolean[],
): void {
  const types = (all: readonly Tensor[]) => all.map(({ shape, dtype }) => `${dtype} [${shape}]`);
  expect(types(actual)).toEqual(types(eager));
  let truth: readonly Tensor[] | undefined;
  actual.forEach((x, i) => {
    const wanted = eager[i]!.data;
    const isExact = exact[i % exact.length] ?? false;
    const scale = largest(wanted);
    if (differing(x.data, wanted, isExact ? 0 : tolerance * scale) < 0) return;
    truth ??= inFloat64();
    const better = isExact ? wanted : truth[i]!.data;
    const rounded = Array.from(wanted).reduce((most, value, j) => Math.max(most, Math.abs(value - better[j]!)), 0);
    const allowed = isExact ? 0 : Math.min(tolerance * scale + 8 * rounded, mostTolerance * scale);
    const at = differing(x.data, better, allowed);
    if (at < 0) return;
    expect.fail(
      `output ${i} ${x.dtype} [${x.shape}], element ${at}: ${x.data[at]} instead of ${better[at]} (allowed: ±${allowed})`,
    );
  });
}

/** The first place where two arrays differ by more than allowed; −1 if there is none. */
function differing(x: ArrayLike<number>, y: ArrayLike<number>, allowed: number): number {
  for (let i = 0; i < x.length; i++) {
    if (!(Math.abs(x[i]! - y[i]!) <= allowed) && !Object.is(x[i], y[i])) return i;
  }
  return -1;
}
