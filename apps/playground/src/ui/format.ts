/** 9,000 */
export const formatCount = (value: number): string => value.toLocaleString("en-US");

/** 1.2 million as 1.2 M: for numbers whose last digits do not matter. */
export function formatLarge(value: number): string {
  if (value < 10_000) return formatCount(value);
  const [divisor, unit] = value < 1e6 ? [1e3, "k"] : value < 1e9 ? [1e6, "M"] : [1e9, "G"];
  return `${(value / divisor).toPrecision(3)} ${unit}`;
}

export const formatPercent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** 28 × 28 × 1 as it is in the library: 1×28×28. */
export const formatShape = (shape: readonly number[]): string => shape.join("×");
