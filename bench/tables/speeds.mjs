/** How fast the peers are, and how many times as fast Pointwise is. */
import { formatNumber, Notes, spread, table } from "../markdown.mjs";
import { median, ratio } from "../statistics.mjs";
import { isOtherWork, otherWork } from "./losses.mjs";
import { takingPart } from "./taking-part.mjs";

/**
 * @typedef {import("../report.mjs").Results} Results
 * @typedef {import("../workloads.mjs").Workload} Workload
 * @typedef {import("../peers.mjs").PeerEntry} PeerEntry
 * @typedef {import("../measure.mjs").Cells} Cells
 */

/**
 * @param {Results} results
 * @param {Workload[]} workloads
 * @param {(rate: number, workload: Workload) => number} toUnit
 */
export function speedTable(results, workloads, toUnit) {
  const notes = new Notes();
  const rows = takingPart(results, workloads).map((peer) => [
    peer.name,
    ...workloads.map((workload) => {
      const cells = results.cells.get(workload.name);
      const cell = cells?.get(peer.id);
      if (!cell) return "";
      if (cell.failure || cell.rates.length === 0) return `–${notes.mark(cell.failure ?? "no step in time")}`;
      const mark = isOtherWork(results, workload, peer) ? ` ${otherWork}` : "";
      return spread(cell.rates.map((rate) => toUnit(rate, workload))) + mark;
    }),
  ]);
  return table(["", ...workloads.map(({ name }) => name)], rows) + notes.text();
}

/**
 * How many times as fast Pointwise is: as PyTorch in either layout, and as the fastest peer written in JavaScript, of all that finished.
 * @param {Results} results
 * @param {Workload[]} workloads
 */
export function ratioTable(results, workloads) {
  const ours = takingPart(results, workloads).filter(({ family }) => family === "pointwise");
  const pytorch = takingPart(results, workloads).filter(({ family }) => family === "pytorch");
  const rows = ours.flatMap((peer) => {
    const against = (/** @type {PeerEntry[]} */ others, /** @type {boolean} */ named) =>
      workloads.map(({ name }) => {
        const cells = results.cells.get(name);
        const mine = cells?.get(peer.id)?.rates ?? [];
        const best = fastest(others, cells);
        if (!best || mine.length === 0) return "–";
        return `${formatNumber(ratio(mine, best.rates))}×${named ? ` ${best.name}` : ""}`;
      });
    return [
      ...pytorch.map((other) => [`${peer.name} ÷ ${other.name}`, ...against([other], false)]),
      [
        `${peer.name} ÷ best in JavaScript`,
        ...against(
          results.peers.filter(({ family }) => family === "javascript"),
          true,
        ),
      ],
    ];
  });
  return rows.length === 0 ? [] : [table(["", ...workloads.map(({ name }) => name)], rows)];
}

/**
 * @param {PeerEntry[]} peers
 * @param {Cells | undefined} cells
 */
function fastest(peers, cells) {
  return peers
    .map(({ id, name }) => ({ name, rates: cells?.get(id)?.rates ?? [] }))
    .filter(({ rates }) => rates.length > 0)
    .sort((a, b) => median(b.rates) - median(a.rates))[0];
}
