import { coldStarts } from "../cold-start.mjs";
import { Notes, spread, table } from "../markdown.mjs";

/** @param {import("../report.mjs").Results} results */
export function coldStartTable({ peers, coldStarts: measured }) {
  if (measured.size === 0) return [];
  const notes = new Notes();
  const workloads = coldStarts.filter(({ name }) => measured.has(name));
  const rows = peers
    .filter(({ id }) => [...measured.values()].some((cells) => cells.has(id)))
    .map(({ id, name }) => [
      name,
      ...workloads.map((workload) => {
        const cell = measured.get(workload.name)?.get(id);
        if (!cell) return "";
        return cell.failure ? `–${notes.mark(cell.failure)}` : spread(cell.rates.map((rate) => 1000 / rate));
      }),
    ]);
  return [
    "## Cold start: ms",
    "From the start of the process to the end of its first step.",
    table(["", ...workloads.map(({ name }) => name)], rows) + notes.text(),
  ];
}
