import { UsageError } from "../errors.ts";

/** [vertical, horizontal] */
export type Pair = readonly [number, number];

const isWhole = (value: unknown, least: number): boolean => Number.isInteger(value) && Number(value) >= least;

/** @throws UsageError unless the option is a whole number ≥ `least`. */
export function checkWhole(who: string, option: string, value: number, least: number): number {
  if (isWhole(value, least)) return value;
  throw new UsageError(`${who}: ${option} must be a whole number ≥ ${least}, but is ${JSON.stringify(value)}.`);
}

/** An option that may be one number for both directions. @throws UsageError unless they are whole numbers ≥ `least`. */
export function toPair(who: string, option: string, value: number | Pair, least: number): Pair {
  const pair: Pair = typeof value === "number" ? [value, value] : value;
  if (Array.isArray(pair) && pair.length === 2 && pair.every((v) => isWhole(v, least))) return [pair[0], pair[1]];
  throw new UsageError(
    `${who}: ${option} must be a whole number ≥ ${least} or a pair [vertical, horizontal] of them, but is ${JSON.stringify(value)}.`,
  );
}
