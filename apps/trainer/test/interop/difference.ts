import { sameShape, type Tensor } from "@pointwise/tensor";

/** The largest difference that is allowed between two programs' results. */
export const bound = 1e-5;

/**
 * The largest difference of two tensors' values, of the expected value itself where that is larger than 1. A NaN and another shape are
 * infinitely far.
 */
export function difference(actual: Tensor, expected: Tensor): number {
  if (!sameShape(actual.shape, expected.shape)) return Number.POSITIVE_INFINITY;
  let largest = 0;
  const [a, b] = [actual.data, expected.data];
  for (let i = 0; i < b.length; i++) {
    if (a[i] === b[i]) continue;
    const distance = Math.abs(a[i]! - b[i]!) / Math.max(1, Math.abs(b[i]!));
    if (!(distance <= largest)) largest = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
  }
  return largest;
}

type Named = ReadonlyMap<string, Tensor>;

/** The largest difference of tensors by name. A name that only one side has is infinitely far. */
export function differenceByName(actual: Named, expected: Named): number {
  const names = new Set([...actual.keys(), ...expected.keys()]);
  const each = [...names].map((name) => {
    const [a, b] = [actual.get(name), expected.get(name)];
    return a && b ? difference(a, b) : Number.POSITIVE_INFINITY;
  });
  return Math.max(0, ...each);
}
