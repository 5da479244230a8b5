import { coldStarts } from "../cold-start.mjs";
import { Notes, spread, table } from "../markdown.mjs";

/** @param {import("../report.mjs").Results} results */
export function coldStartTable({ peers, coldStarts: measured }) {
  if (measured.size === 0) return [];
  const notes = new Notes();
  const workloads = coldStarts.filter(({ name }) => measured.has(name));
  /** @param {"totals" | "firstSteps" | "compiling"} what */
  const rows = (what) =>
    peers
      .filter(({ id }) => [...measured.values()].some((cells) => cells.get(id)?.[what].length))
      .map(({ id, name }) => [
        name,
        ...workloads.map((workload) => {
          const cell = measured.get(workload.name)?.get(id);
          if (!cell) return "";
          return cell.failure ? `–${notes.mark(cell.failure)}` : spread(cell[what].map((seconds) => 1000 * seconds));
        }),
      ]);
  const head = ["", ...workloads.map(({ name }) => name)];
  const [whole, firstStep, compiling] = [
    table(head, rows("totals")),
    table(head, rows("firstSteps")),
    table(head, rows("compiling")),
  ];
  return [
    "## Cold start: ms",
    "From the start of the process to the end of its first step.",
    whole,
    "Of this, the first step: of Pointwise it is compiling, the first touch of memory and one step.",
    firstStep,
    "Of this, compiling: from the call to a program that is ready to run (trace, passes, code, WebAssembly's module and instance).",
    compiling + notes.text(),
  ];
}
