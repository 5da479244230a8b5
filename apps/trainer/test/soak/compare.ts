import type { Outcome } from "./training.ts";

/** How far a loss may be off the reference's: a part of it, or of 1 where it is smaller. */
export const lossBound = 1e-5;

/** The largest of the differences, as `lossBound` counts them; NaN if a loss is. */
export const largestDifference = (losses: readonly number[], reference: readonly number[]): number =>
  Math.max(...losses.map((loss, i) => Math.abs(loss - reference[i]!) / Math.max(1, Math.abs(reference[i]!))));

/** What is not as it was in the first round, to the bit. */
export function drift(outcome: Outcome, first: Outcome): string | undefined {
  const { losses, weights } = outcome;
  const i = losses.findIndex((loss, i) => !Object.is(loss, first.losses[i]));
  if (i >= 0) return `loss ${i + 1} is ${losses[i]}, but was ${first.losses[i]} in the first round`;
  return weights === first.weights
    ? undefined
    : "the weights at the end are not those of the first round, but the losses are";
}
