/** Whether peers compute the same: their losses beside PyTorch's. */
import { table } from "../markdown.mjs";
import { lossSteps } from "../measure.mjs";
import { takingPart } from "./taking-part.mjs";

/**
 * @typedef {import("../report.mjs").Results} Results
 * @typedef {import("../workloads.mjs").Workload} Workload
 * @typedef {import("../measure.mjs").Cells} Cells
 */

/** A peer whose loss is off by more than this, relative to PyTorch's, does other work. */
const tolerance = 1e-2;
export const otherWork = "≠";

/**
 * @param {Results} results
 * @param {Cells | undefined} cells
 */
const reference = ({ peers }, cells) => cells?.get(peers.find(({ family }) => family === "pytorch")?.id ?? "");

/**
 * By the last loss that both have; never where there is nothing to compare with.
 * @param {Results} results
 * @param {Workload} workload
 * @param {import("../peers.mjs").PeerEntry} peer
 */
export function isOtherWork(results, workload, peer) {
  const cells = results.cells.get(workload.name);
  const [losses, expected] = [cells?.get(peer.id)?.losses ?? [], reference(results, cells)?.losses ?? []];
  const last = Math.min(losses.length, expected.length) - 1;
  return peer.family !== "peak" && last >= 0 && relative(losses[last], expected[last]) > tolerance;
}

/**
 * @param {number | null | undefined} value JSON has null for what is not a number
 * @param {number | null | undefined} expected
 */
function relative(value, expected) {
  if (value == null || expected == null) return Number.POSITIVE_INFINITY;
  return Math.abs(value - expected) / Math.abs(expected);
}

/** @param {Results} results */
export function lossTable(results) {
  const workloads = results.workloads.filter(({ table }) => ["Training", "Inference", "Kernels"].includes(table));
  const compared = workloads.filter(({ name }) => reference(results, results.cells.get(name))?.losses.length);
  if (compared.length === 0) return [];
  const rows = takingPart(results, compared)
    .filter(({ family }) => family !== "peak")
    .map((peer) => [
      peer.name,
      ...compared.map(({ name, kind }) => {
        const cells = results.cells.get(name);
        const [cell, expected] = [cells?.get(peer.id), reference(results, cells)];
        if (!cell || !expected || cell.losses.length === 0) return "";
        const differences = cell.losses.map((loss, i) => relative(loss, expected.losses[i]));
        if (kind !== "training") return Math.max(...differences).toExponential(0);
        return lossSteps.map((_, i) => differences[i]?.toExponential(0) ?? "…").join(", ");
      }),
    ]);
  return [
    "## Losses: relative difference from PyTorch",
    `Of training after ${lossSteps.join(", ")} steps (… where time did not reach); of inference and kernels the mean size of what comes out.`,
    table(["", ...compared.map(({ name }) => name)], rows),
  ];
}
