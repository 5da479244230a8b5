import type { PlacedDigit } from "./compose-scene.ts";
import type { FoundDigit } from "./detect.ts";

/** Pixels that a found digit may be off the place where it was put. */
const nearEnough = 4;

/** What was found beside what was put there; nothing where a visitor drew. */
export interface Match extends FoundDigit {
  readonly truth: number | undefined;
}

export function matchFound(found: readonly FoundDigit[], digits: readonly PlacedDigit[]): Match[] {
  return found.map((f) => ({
    ...f,
    truth: digits.find((d) => Math.abs(f.top - d.top) <= nearEnough && Math.abs(f.left - d.left) <= nearEnough)?.digit,
  }));
}

/** How many of the digits that were put there are found and named right: each match is one of them. */
export const countRight = (matches: readonly Match[]): number =>
  matches.filter(({ digit, truth }) => digit === truth).length;
