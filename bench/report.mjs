/** The results as Markdown. */
import { execFileSync } from "node:child_process";
import { cpus, platform, release } from "node:os";
import { coldStarts } from "./cold-start.mjs";
import { formatNumber, Notes, table } from "./markdown.mjs";
import { lossSteps } from "./measure.mjs";
import { median, ratio } from "./statistics.mjs";

/**
 * @typedef {import("./peers.mjs").PeerEntry} PeerEntry
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {import("./measure.mjs").Cell} Cell
 * @typedef {import("./measure.mjs").Cells} Cells
 * @typedef {object} Results
 * @property {PeerEntry[]} peers
 * @property {Map<string, string>} versions by peer's id; who is missing could not start
 * @property {Workload[]} workloads
 * @property {Map<string, Cells>} cells by workload's name
 * @property {Map<string, Cells>} coldStarts
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

/** A peer whose loss is off by more than this, relative to PyTorch's, does other work. */
const tolerance = 1e-2;
const otherWork = "≠";

/**
 * @param {Results} results
 * @param {{ effort: import("./measure.mjs").Effort, core: number, command: string }} how
 */
export function report(results, how) {
  const sections = Object.entries(units).flatMap(([name, unit]) => {
    const workloads = results.workloads.filter((w) => w.table === name);
    if (workloads.length === 0) return [];
    const compared = ["Training", "Inference", "Kernels"].includes(name) ? ratios(results, workloads) : [];
    return [`## ${name}: ${unit.heading}`, legend(workloads), speeds(results, workloads, unit.of), ...compared];
  });
  return [
    "# Results",
    "Pointwise beside its peers. How this is measured is in README.md. Medians, with the lowest and the highest round in brackets; " +
      `${otherWork} marks a peer whose losses differ from PyTorch's: it does other work.`,
    circumstances(results, how),
    ...sections,
    ...correctness(results),
    ...coldStartTable(results),
    ...bundleSizeTable(results),
    "",
  ].join("\n\n");
}

/** @param {Workload[]} workloads */
const legend = (workloads) => workloads.map(({ name, title }) => `- ${name}: ${title}`).join("\n");

/**
 * @param {Results} results
 * @param {Parameters<typeof report>[1]} how
 */
function circumstances({ peers, versions }, { effort, core, command }) {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", args, { encoding: "utf8", cwd: import.meta.dirname }).trim();
  const changed = git("status", "--porcelain") === "" ? "" : ", with changes that are not committed";
  return [
    `- \`${command}\`, ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `- commit ${git("rev-parse", "--short", "HEAD")}${changed}`,
    `- ${cpus()[0]?.model.trim()}, core ${core} of ${cpus().length}, one peer at a time; ${platform()} ${release()}`,
    `- ${effort.rounds} rounds of ${effort.seconds} s for each peer, in turn`,
    `- Node ${process.versions.node} where no other is named; ${peers.map(({ id, name }) => `${name}: ${versions.get(id) ?? "cannot start"}`).join("; ")}`,
  ].join("\n");
}

/**
 * @param {Results} results
 * @param {Workload[]} workloads
 * @param {(rate: number, workload: Workload) => number} toUnit
 */
function speeds(results, workloads, toUnit) {
  const notes = new Notes();
  const rows = takingPart(results, workloads).map((peer) => [
    peer.name,
    ...workloads.map((workload) => {
      const cells = results.cells.get(workload.name);
      const cell = cells?.get(peer.id);
      if (!cell) return "";
      if (cell.failure || cell.rates.length === 0) return `–${notes.mark(cell.failure ?? "no step in time")}`;
      const mark = difference(cell, reference(results, cells)) > tolerance ? ` ${otherWork}` : "";
      return spread(cell.rates.map((rate) => toUnit(rate, workload))) + mark;
    }),
  ]);
  return table(["", ...workloads.map(({ name }) => name)], rows) + notes.text();
}

/**
 * @param {Results} results
 * @param {Workload[]} workloads
 */
function takingPart({ peers, cells }, workloads) {
  return peers.filter(({ id, tables }) =>
    workloads.some(({ name, table }) => tables.includes(table) && cells.get(name)?.has(id)),
  );
}

/** @param {number[]} values */
function spread(values) {
  const middle = formatNumber(median(values));
  if (values.length === 1) return `${middle} (once)`;
  return `${middle} (${formatNumber(Math.min(...values))}–${formatNumber(Math.max(...values))})`;
}

/**
 * How many times as fast Pointwise is: as PyTorch in either layout, and as the fastest peer written in JavaScript, of all that finished.
 * @param {Results} results
 * @param {Workload[]} workloads
 */
function ratios(results, workloads) {
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

/**
 * @param {Results} results
 * @param {Cells | undefined} cells
 */
const reference = ({ peers }, cells) => cells?.get(peers.find(({ family }) => family === "pytorch")?.id ?? "");

/**
 * The relative difference of the last loss that both have; 0 where there is nothing to compare with.
 * @param {Cell} cell
 * @param {Cell | undefined} reference
 */
function difference(cell, reference) {
  const last = Math.min(cell.losses.length, reference?.losses.length ?? 0) - 1;
  return last < 0 ? 0 : relative(cell.losses[last], reference?.losses[last]);
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
function correctness(results) {
  const workloads = results.workloads.filter(({ table }) => ["Training", "Inference", "Kernels"].includes(table));
  const compared = workloads.filter(({ name }) => reference(results, results.cells.get(name))?.losses.length);
  if (compared.length === 0) return [];
  const rows = takingPart(results, compared).map((peer) => [
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

/** @param {Results} results */
function coldStartTable({ peers, coldStarts: measured }) {
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

/** @param {Results} results */
function bundleSizeTable({ bundleSizes }) {
  if (bundleSizes.length === 0) return [];
  const notes = new Notes();
  const kilobytes = (/** @type {number} */ bytes) => (bytes === 0 ? "" : formatNumber(bytes / 1000));
  const rows = bundleSizes.map(({ name, script = 0, assets = 0, failure }) =>
    failure ? [name, `–${notes.mark(failure)}`] : [name, ...[script, assets, script + assets].map(kilobytes)],
  );
  return [
    "## Size: kB",
    "What a page downloads to train a small network: the script, bundled and minified, and files beside it, all compressed by gzip.",
    table(["", "script", "files", "together"], rows) + notes.text(),
  ];
}
