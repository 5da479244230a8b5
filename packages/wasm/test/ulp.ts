/** The distance of a float32 from the exact value, in units of the last place of float32 there. NaN is at NaN, and 0 at 0 only. */
export function ulpsOff(value: number, exact: number): number {
  if (Object.is(value, Math.fround(exact))) return 0;
  if (exact === 0) return Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
  const off = Math.abs(value - exact) / 2 ** (exponent - 23);
  return Number.isNaN(off) ? Infinity : off;
}

/** So many float32 of all magnitudes from `low` to `high`, evenly over their bit patterns, so that every exponent has its share. */
export function floatsBetween(low: number, high: number, count: number): Float32Array {
  const rank = (x: number) => {
    const bits = new Int32Array(Float32Array.of(x).buffer)[0]!;
    return bits < 0 ? -(bits & 0x7fffffff) : bits;
  };
  const [first, last] = [rank(low), rank(high)];
  const bits = Int32Array.from({ length: count }, (_, i) => {
    const at = first + Math.floor((i * (last - first)) / (count - 1));
    return at < 0 ? -at | (1 << 31) : at;
  });
  return new Float32Array(bits.buffer);
}

/** Where formulas break. */
export const specials = [
  ...[0, 1, 2, 3, 0.5, 1.5, 2.5, 1e-45, 1e-40, 2 ** -126, 1e-20, 16777216, 8388607.5, 3e38, Infinity].flatMap((x) => [
    x,
    -x,
  ]),
  NaN,
];
