import { formatPercent, table } from "../markdown.mjs";
import { ratio } from "../statistics.mjs";
import { takingPart } from "./taking-part.mjs";

/**
 * How much of what its engine could do at most Pointwise does: the median of the rounds' ratios.
 * @param {import("../report.mjs").Results} results
 * @param {import("../workloads.mjs").Workload[]} workloads
 */
export function peakTable(results, workloads) {
  const taking = takingPart(results, workloads);
  const rows = taking.flatMap((peak) => {
    const peer = taking.find(({ id }) => id === peak.peakOf);
    if (!peer) return [];
    const shares = workloads.map(({ name }) => {
      const rates = (/** @type {string} */ id) => results.cells.get(name)?.get(id)?.rates ?? [];
      const [mine, most] = [rates(peer.id), rates(peak.id)];
      return mine.length > 0 && most.length > 0 ? formatPercent(ratio(mine, most)) : "–";
    });
    return [[peer.name, ...shares]];
  });
  return rows.length === 0 ? [] : [table(["% of peak", ...workloads.map(({ name }) => name)], rows)];
}
