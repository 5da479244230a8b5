/** Whether memory stays flat: what a process holds before and after many steps of training. */
import { preparation } from "./draw.mjs";
import { patience } from "./measure.mjs";
import { Worker } from "./worker.mjs";
import { workloads } from "./workloads.mjs";

/**
 * @typedef {import("./memory.mjs").Memory} Memory
 * @typedef {{ peer: string, before?: Memory, after?: Memory, failure?: string }} Flatness
 */

export const flatnessSteps = 20_000;
const warmUpSeconds = 3;

/**
 * @param {Worker[]} workers that tell of their memory
 * @returns {Promise<Flatness[]>}
 */
export async function measureMemory(workers) {
  const workload = workloads.find(({ name }) => name === "W2");
  if (!workload) throw new Error("there is no workload W2");
  const results = [];
  for (const { peer, pin } of workers) {
    const [node, ...args] = peer.command;
    const worker = new Worker({ ...peer, command: [node, "--expose-gc", ...args] }, pin);
    const requests = [
      preparation(workload),
      { do: "measure", seconds: warmUpSeconds },
      { do: "memory", steps: flatnessSteps },
    ];
    /** @type {Awaited<ReturnType<Worker["ask"]>>} */
    let reply = {};
    for (const request of requests) if (!reply.failure) reply = await worker.ask(request, patience);
    worker.end();
    results.push({ ...reply, peer: peer.name });
  }
  return results;
}
