import { UsageError } from "../errors.ts";

/** [vertical, horizontal] */
export type Pair = readonly [number, number];

/** An option that may be one number for both directions. @throws UsageError unless they are whole numbers ≥ `least`. */
export function toPair(who: string, option: string, value: number | Pair, least: number): Pair {
  const pair = typeof value === "number" ? ([value, value] as const) : value;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((v) => Number.isInteger(v) && v >= least)) {
    throw new UsageError(
      `${who}: ${option} must be a whole number ≥ ${least} or a pair [vertical, horizontal] of them, but is ${JSON.stringify(value)}.`,
    );
  }
  return [pair[0], pair[1]];
}
