/** Where the time of a program goes: V8's sampling profiler, every 100 µs. */
import { Session } from "node:inspector/promises";

/**
 * @typedef {import("node:inspector").Profiler.ProfileNode} ProfileNode
 * @typedef {{ name: string, share: number }} Share
 */

/** In µs. */
const interval = 100;

/**
 * How the compiler names the functions of a program: number, ops, phase. What they call is theirs. Where V8 has inlined one of them, what it calls
 * stands for itself, by the first word of its name: that of its kernel.
 */
const phaseName = /^\d+ .* (before|each|after)$/;
const wasm = "wasm://";

/**
 * @param {() => Promise<unknown>} run
 * @returns {Promise<Share[]>} the largest first; of the time that the steps took
 */
export async function profile(run) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval });
  await session.post("Profiler.start");
  await run();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return sharesOf(profile);
}

/** @param {import("node:inspector").Profiler.Profile} profile */
function sharesOf({ nodes, samples = [], timeDeltas = [] }) {
  /** @type {Map<number, number>} by a node's id, in µs */
  const times = new Map();
  for (const [i, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + timeDeltas[i]);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Map<string, number>} */
  const sums = new Map();

  /**
   * @param {ProfileNode} node
   * @param {string} [phase] that it is part of
   */
  const visit = (node, phase) => {
    const { functionName, url } = node.callFrame;
    if (url === "node:inspector") return; // the profiler itself
    const inside = phase ?? (url.startsWith(wasm) && phaseName.test(functionName) ? functionName : undefined);
    const name = inside ?? (url.startsWith(wasm) ? functionName.split(" ")[0] : "JavaScript");
    sums.set(name, (sums.get(name) ?? 0) + (times.get(node.id) ?? 0));
    for (const child of node.children ?? []) {
      const childNode = byId.get(child);
      if (childNode) visit(childNode, inside);
    }
  };
  visit(nodes[0]);
  const total = [...sums.values()].reduce((a, b) => a + b, 0);
  return [...sums].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);
}
