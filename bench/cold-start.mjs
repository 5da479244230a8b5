/** From the start of a process to the end of its first step: loading, building and compiling, all that a user waits for. */
import { preparation } from "./draw.mjs";
import { patience } from "./measure.mjs";
import { workloads } from "./workloads.mjs";

/** The workloads whose first step is waited for; of other peers than Pointwise, two say enough. */
export const coldStarts = workloads.filter(({ table }) => table === "Training");
const enough = ["W2", "W4"];

/** @typedef {{ totals: number[], firstSteps: number[], compiling: number[], failure?: string }} ColdStart in seconds, a round each */

/**
 * @param {import("./worker.mjs").Worker[]} workers
 * @param {number} rounds
 * @returns {Promise<Map<string, Map<string, ColdStart>>>} by workload's name and peer's id
 */
export async function measureColdStarts(workers, rounds) {
  const results = new Map();
  for (const workload of coldStarts) {
    const request = preparation(workload);
    const taking = workers.filter(({ peer }) => peer.family === "pointwise" || enough.includes(workload.name));
    /** @type {Map<string, ColdStart>} */
    const cells = new Map(taking.map(({ peer }) => [peer.id, { totals: [], firstSteps: [], compiling: [] }]));
    for (let round = 0; round <= rounds; round++) {
      for (const worker of taking) {
        const cell = cells.get(worker.peer.id);
        if (!cell || cell.failure) continue;
        const { failure, total, firstStep, compiling } = await timeFirstStep(worker, request);
        if (failure) cell.failure = failure;
        else if (round > 0) {
          // Round 0 brings the files into the system's cache.
          cell.totals.push(total);
          cell.firstSteps.push(firstStep);
          if (compiling !== undefined) cell.compiling.push(compiling);
        }
      }
    }
    results.set(workload.name, cells);
  }
  return results;
}

/**
 * @param {import("./worker.mjs").Worker} worker
 * @param {object} request
 */
async function timeFirstStep(worker, request) {
  const start = performance.now();
  let reply = await worker.ask(request, patience);
  if (!reply.failure) reply = await worker.ask({ do: "losses", after: [1], limit: 1 }, patience);
  const total = (performance.now() - start) / 1000;
  worker.end();
  return { failure: reply.failure, total, firstStep: reply.seconds, compiling: reply.compiling };
}
