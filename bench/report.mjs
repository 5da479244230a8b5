/** The results as Markdown. */
import { cpus, platform, release } from "node:os";
import { fewRounds } from "./measure.mjs";
import { bundleSizeTable } from "./tables/bundle-size.mjs";
import { coldStartTable } from "./tables/cold-start.mjs";
import { limitTable } from "./tables/limits.mjs";
import { lossTable, otherWork } from "./tables/losses.mjs";
import { memoryTable } from "./tables/memory.mjs";
import { peakTable } from "./tables/peaks.mjs";
import { ratioTable, speedTable } from "./tables/speeds.mjs";

/**
 * @typedef {import("./peers.mjs").PeerEntry} PeerEntry
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {import("./measure.mjs").Cells} Cells
 * @typedef {object} Results
 * @property {string} revision of the sources that were measured
 * @property {PeerEntry[]} peers
 * @property {Map<string, string>} versions by peer's id; who is missing could not start
 * @property {Workload[]} workloads
 * @property {Map<string, Cells>} cells by workload's name
 * @property {import("./limits.mjs").Limit[]} limits
 * @property {import("./flatness.mjs").Flatness[]} memory
 * @property {Map<string, Map<string, import("./cold-start.mjs").ColdStart>>} coldStarts by workload's name and peer's id
 * @property {{ name: string, script?: number, assets?: number, failure?: string }[]} bundleSizes
 */

/** What a table shows of a rate in steps per second. */
const units = {
  Training: { heading: "steps per second", of: (/** @type {number} */ rate) => rate },
  Inference: { heading: "batches per second", of: (/** @type {number} */ rate) => rate },
  Kernels: {
    heading: "GFLOP/s",
    of: (/** @type {number} */ rate, /** @type {Workload} */ w) =>
      w.kind === "kernel" ? (rate * w.flops) / 1e9 : rate,
  },
  Calls: { heading: "ns a call", of: (/** @type {number} */ rate) => 1e9 / rate },
  Batch: { heading: "µs a step, by the batch of W3", of: (/** @type {number} */ rate) => 1e6 / rate },
  Width: {
    heading: "µs a step, by the width of 784-width-10, batch 64",
    of: (/** @type {number} */ rate) => 1e6 / rate,
  },
  Depth: {
    heading: "µs a step, by the number of layers of 64, batch 64",
    of: (/** @type {number} */ rate) => 1e6 / rate,
  },
};

/**
 * @param {Results} results
 * @param {{ effort: import("./measure.mjs").Effort, core: number, command: string }} how
 */
export function report(results, how) {
  const sections = Object.entries(units).flatMap(([name, unit]) => {
    const workloads = results.workloads.filter((w) => w.table === name);
    if (workloads.length === 0) return [];
    const compared = ["Training", "Inference", "Kernels"].includes(name) ? ratioTable(results, workloads) : [];
    return [
      `## ${name}: ${unit.heading}`,
      legend(workloads),
      speedTable(results, workloads, unit.of),
      ...(name === "Kernels" ? peakTable(results, workloads) : []),
      ...compared,
    ];
  });
  const parts = [
    "# Results",
    "Pointwise beside its peers. How this is measured is in README.md. Medians, with the lowest and the highest round in brackets; " +
      `${otherWork} marks a peer whose losses differ from PyTorch's: it does other work.`,
    circumstances(results, how),
    ...sections,
    ...limitTable(results),
    ...memoryTable(results),
    ...lossTable(results),
    ...coldStartTable(results),
    ...bundleSizeTable(results),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** @param {Workload[]} workloads */
const legend = (workloads) => workloads.map(({ name, title }) => `- ${name}: ${title}`).join("\n");

/**
 * @param {Results} results
 * @param {Parameters<typeof report>[1]} how
 */
function circumstances({ revision, peers, versions }, { effort, core, command }) {
  const named = peers.filter(({ family }) => family !== "peak");
  return [
    `- \`${command}\`, ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `- ${revision}`,
    `- ${cpus()[0]?.model.trim()}, core ${core} of ${cpus().length}, one peer at a time; ${platform()} ${release()}`,
    `- ${effort.rounds} rounds of ${effort.seconds} s for each peer, in turn; at most ${fewRounds} by batch, width and depth, and of peers far behind`,
    `- Node ${process.versions.node} where no other is named; ${named.map(({ id, name }) => `${name}: ${versions.get(id) ?? "cannot start"}`).join("; ")}`,
  ].join("\n");
}
