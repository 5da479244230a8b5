import { formatPercent } from "../terminal/format.ts";
import type { Place } from "./compose-picture.ts";
import { rules, type Search } from "./sliding.ts";

export const searchColumns = ["found", "row, column", "sure", "truth", "row, column"] as const;

/** What was found, with the truth beside it, and what was missed: texts for the columns. */
export function searchRows({ truth, found }: Search): string[][] {
  const overlaps = (a: Place, b: Place) =>
    Math.abs(a.top - b.top) < rules.side / 2 && Math.abs(a.left - b.left) < rules.side / 2;
  const place = (p: Place) => `${p.top}, ${p.left}`;
  return [
    ...found.map((f) => {
      const there = truth.find((t) => overlaps(f, t));
      return [
        String(f.digit),
        place(f),
        formatPercent(f.probability),
        ...(there ? [String(there.digit), place(there)] : ["nothing", ""]),
      ];
    }),
    ...truth
      .filter((t) => !found.some((f) => overlaps(f, t)))
      .map((t) => ["missed", "", "", String(t.digit), place(t)]),
  ];
}
