/** What limits a step of training: its work, as the compiler states it, beside the engine's peak, and a profile of its kernels. */
import { firstSteps, patience, takeTurn } from "./measure.mjs";
import { workloads } from "./workloads.mjs";

/**
 * @typedef {import("./worker.mjs").Worker} Worker
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {import("./measure.mjs").Effort} Effort
 * @typedef {object} Limit of one peer and workload
 * @property {string} workload
 * @property {string} peer
 * @property {number[]} rates steps per second, a round each
 * @property {number[]} peaks FLOP/s that the engine could reach, in the same rounds
 * @property {{ flops: number, bytes: number }} work of a step
 * @property {import("./profile.mjs").Share[]} shares of the time, by the functions of the program
 * @property {string} [failure]
 */

const profiledSeconds = 1;

/** Enough that a call does not count. */
const peakFlops = 1e7;

/** @type {Workload} as far as `peers/peak.ts` looks at it */
const peakWorkload = {
  ...{ name: "peak", title: "as many multiply-adds", table: "Limits", kind: "kernel", kernel: "matmul" },
  ...{ flops: peakFlops, shapes: {} },
};

/**
 * @param {Worker[]} workers peers that explain themselves, and their peaks
 * @param {Effort} effort
 * @returns {Promise<Limit[]>}
 */
export async function measureLimits(workers, effort) {
  const limits = [];
  for (const workload of workloads.filter(({ table }) => table === "Training")) {
    for (const worker of workers) {
      const peak = workers.find(({ peer }) => peer.peakOf === worker.peer.id);
      if (peak) limits.push(await measureLimit(workload, worker, peak, effort));
    }
  }
  return limits;
}

/**
 * @param {Workload} workload
 * @param {Worker} worker
 * @param {Worker} peak
 * @param {Effort} effort
 * @returns {Promise<Limit>}
 */
async function measureLimit(workload, worker, peak, effort) {
  const pair = [worker, peak];
  const [steps, multiplyAdds] = [
    await firstSteps(worker, workload, effort),
    await firstSteps(peak, peakWorkload, effort),
  ];
  for (let round = 0; round <= effort.rounds; round++) {
    await takeTurn(worker, steps, round, effort);
    await takeTurn(peak, multiplyAdds, round, effort);
  }
  const explained = await worker.ask({ do: "explain" }, patience);
  const profiled = await worker.ask({ do: "profile", seconds: profiledSeconds }, profiledSeconds + patience);
  for (const each of pair) each.end();
  const failure = steps.failure ?? multiplyAdds.failure ?? explained.failure ?? profiled.failure;
  return {
    ...{ workload: workload.name, peer: worker.peer.name, rates: steps.rates },
    peaks: multiplyAdds.rates.map((rate) => rate * peakFlops),
    work: failure ? { flops: 0, bytes: 0 } : workOf(explained.text),
    shares: profiled.shares ?? [],
    ...(failure && { failure }),
  };
}

const factors = { FLOP: 1, kFLOP: 1e3, MFLOP: 1e6, GFLOP: 1e9, B: 1, KiB: 2 ** 10, MiB: 2 ** 20 };

/**
 * Reads the schedule in what `explain()` says: each line of it ends with what is computed, and how large the arrays are that are read and written.
 * @param {string} text
 */
export function workOf(text) {
  const schedule = text.slice(text.indexOf("\nSchedule: "), text.indexOf("\nMemory: "));
  const items = [...schedule.matchAll(/: ([\d.]+) (k?M?G?FLOP), ([\d.]+) (B|KiB|MiB)$/gm)];
  const sum = (/** @type {number} */ value) =>
    items.reduce((total, item) => total + scaled(item[value], item[value + 1]), 0);
  const work = { flops: sum(1), bytes: sum(3) };
  const [, stated, unit] = /^Schedule: .* ([\d.]+) (k?M?G?FLOP) a call$/m.exec(schedule) ?? [];
  if (!(Math.abs(work.flops / scaled(stated, unit) - 1) < 0.05)) {
    throw new Error(`limits.mjs reads ${work.flops} FLOP in what explain() says, which states ${stated} ${unit}.`);
  }
  return work;
}

/**
 * @param {string} value
 * @param {string} unit
 */
function scaled(value, unit) {
  return Number(value) * factors[/** @type {keyof typeof factors} the patterns above know no other */ (unit)];
}
