/** @param {number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * How many times as fast `a` is as `b`. Rounds lie side by side in time, so that what slows the machine for a while slows both: where
 * both have all rounds, this is the median of the rounds' ratios.
 * @param {number[]} a rates, a round each
 * @param {number[]} b
 */
export function ratio(a, b) {
  if (a.length !== b.length) return median(a) / median(b);
  return median(a.map((rate, i) => rate / b[i]));
}
