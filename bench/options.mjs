/** The command line. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { peers } from "./peers.mjs";
import { workloads } from "./workloads.mjs";

/** Peaks come with those whose peaks they are. */
const askable = peers.filter(({ peakOf }) => !peakOf).map(({ id }) => id);

export const help = `node bench/run.mjs [options]

  --workloads a,b   only these workloads or tables, e.g. W1,W4,Kernels,Limits,Memory,Cold,Size
  --peers a,b       only these peers (${askable.join(", ")})
  --rounds n        how often every peer takes its turn; 7 unless said
  --quick           three short rounds, without the tables by batch, width and depth
  --core n          the core that all peers are kept on, one at a time; the last one unless said
  --help

A full run takes some 35 minutes and writes bench/RESULTS.md; one of a part only prints.`;

/**
 * @typedef {object} Options
 * @property {import("./workloads.mjs").Workload[]} workloads
 * @property {import("./peers.mjs").PeerEntry[]} peers
 * @property {import("./measure.mjs").Effort} effort
 * @property {number} core
 * @property {boolean} limits
 * @property {boolean} memory
 * @property {boolean} coldStart
 * @property {boolean} bundleSize
 * @property {boolean} full whether nothing was left out
 */

/**
 * @param {string[]} args
 * @returns {Options | undefined} nothing if help is asked for
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      workloads: { type: "string" },
      peers: { type: "string" },
      rounds: { type: "string" },
      core: { type: "string", default: String(cpus().length - 1) },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const wanted = values.workloads?.split(",");
  const wants = (/** @type {string[]} */ ...names) => !wanted || names.some((name) => wanted.includes(name));
  refuseUnknown("--workloads", wanted, [
    ...workloads.flatMap((w) => [w.name, w.table]),
    "Limits",
    "Memory",
    "Cold",
    "Size",
  ]);
  const wantedPeers = values.peers?.split(",");
  refuseUnknown("--peers", wantedPeers, askable);
  const sweeps = ["Batch", "Width", "Depth"];
  const rounds = toCount("--rounds", values.rounds ?? (values.quick ? "3" : "7"));
  return {
    workloads: workloads.filter(
      (w) => wants(w.name, w.table) && (wanted || !values.quick || !sweeps.includes(w.table)),
    ),
    peers: peers.filter(({ id, peakOf }) => !wantedPeers || wantedPeers.includes(peakOf ?? id)),
    effort: values.quick ? { rounds, seconds: 0.2, limit: 3 } : { rounds, seconds: 0.5, limit: 15 },
    core: toCount("--core", values.core),
    limits: wants("Limits"),
    memory: wants("Memory"),
    coldStart: wants("Cold"),
    bundleSize: wants("Size"),
    full: !wanted && !wantedPeers && !values.quick,
  };
}

/**
 * @param {string} option
 * @param {string[] | undefined} names
 * @param {string[]} known
 */
function refuseUnknown(option, names, known) {
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`${option}: there is no "${unknown}". There are ${[...new Set(known)].join(", ")}.`);
}

/**
 * @param {string} option
 * @param {string} text
 */
function toCount(option, text) {
  if (!/^\d+$/.test(text)) throw new Error(`${option} must be a whole number, but is "${text}".`);
  return Number(text);
}
