/** From the start of a process to the end of its first step: loading, building and compiling, all that a user waits for. */
import { preparation } from "./draw.mjs";
import { patience } from "./measure.mjs";
import { workloads } from "./workloads.mjs";

/** The workloads whose first step is waited for. */
export const coldStarts = ["W2", "W4"].map((name) => {
  const workload = workloads.find((w) => w.name === name);
  if (!workload) throw new Error(`there is no workload ${name}`);
  return workload;
});

/**
 * @param {import("./worker.mjs").Worker[]} workers
 * @param {number} rounds
 * @returns {Promise<Map<string, import("./measure.mjs").Cells>>} by workload's name; a rate is 1 / seconds to the first step
 */
export async function measureColdStarts(workers, rounds) {
  const results = new Map();
  for (const workload of coldStarts) {
    const request = preparation(workload);
    /** @type {import("./measure.mjs").Cells} */
    const cells = new Map(workers.map(({ peer }) => [peer.id, { losses: [], rates: [] }]));
    for (let round = 0; round <= rounds; round++) {
      for (const worker of workers) {
        const cell = cells.get(worker.peer.id);
        if (!cell || cell.failure) continue;
        const { failure, seconds } = await timeFirstStep(worker, request);
        if (failure) cell.failure = failure;
        else if (round > 0) cell.rates.push(1 / seconds); // round 0 brings the files into the system's cache
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
  let { failure } = await worker.ask(request, patience);
  if (!failure) ({ failure } = await worker.ask({ do: "losses", after: [1], limit: 1 }, patience));
  const seconds = (performance.now() - start) / 1000;
  worker.end();
  return { failure, seconds };
}
