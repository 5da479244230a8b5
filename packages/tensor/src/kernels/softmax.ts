import type { TypedArray } from "../dtype.ts";

/** log Σ eˣ of one line, without overflow; NaN if a value is NaN or ∞, or all are −∞, as PyTorch's softmax has it. */
export function logSumExpOfLine(x: TypedArray, start: number, count: number, step: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0, p = start; i < count; i++, p += step) largest = Math.max(largest, x[p]!);
  if (!Number.isFinite(largest)) return Number.NaN;
  let total = 0;
  for (let i = 0, p = start; i < count; i++, p += step) total += Math.exp(x[p]! - largest);
  return largest + Math.log(total);
}
