import { mul, remainder, sub } from "@pointwise/tensor";
import type { Program, Range, Value } from "./program.ts";

/** Numbers of any kind, about as large as this. */
export const about = (size: number): Range => ({ whole: false, size });

/** What becomes of operands by a function that keeps whole numbers whole. */
export const rangeOf = (operands: readonly Value[], size: number): Range => ({
  whole: operands.every(({ whole }) => whole),
  size,
});

/** Brings large numbers to the size of the others, where a function saturates or amplifies roundings. */
export function moderate(p: Program, x: Value): Value {
  if (x.size <= 8) return x;
  return p.add(`${x.name} · 4/${x.size}`, mul(x.tensor, 4 / x.size), about(4));
}

/** Of a sum of so many products: keeps whole numbers small, and others about as large as the products. */
export function settle(p: Program, x: Value, terms: number): Value {
  if (!x.whole) return p.add(`${x.name} / √${terms}`, mul(x.tensor, terms ** -0.5), about(x.size / terms));
  if (x.size <= 1000) return x;
  // As a gradient's, its slope is 1 everywhere.
  return p.add(`${x.name} mod 8 − 4`, sub(remainder(x.tensor, 8), 4), { whole: true, size: 4 });
}
