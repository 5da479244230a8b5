/** One workload, all peers: first their losses, then their speeds, turn by turn. */
import { preparation } from "./draw.mjs";
import { median } from "./statistics.mjs";

/**
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {import("./worker.mjs").Worker} Worker
 * @typedef {object} Cell what is known of one peer on one workload
 * @property {number[]} losses after each of `lossSteps`, as far as time allowed
 * @property {number[]} rates steps per second, a round each; none if `failure` says why
 * @property {string} [failure]
 * @typedef {Map<string, Cell>} Cells by peer's id
 * @typedef {{ rounds: number, seconds: number, limit: number }} Effort seconds a slice; limit: seconds for a peer's first 20 steps
 */

/** The losses after these steps are compared. */
export const lossSteps = [1, 2, 5, 20];

/** What a worker may take beyond the time that it is told, to load its libraries and to finish its step. In seconds. */
export const patience = 300;

/** Rounds of the tables that show how time grows, and of peers that are far behind: more would tell nothing. */
export const fewRounds = 3;
const sweeps = ["Batch", "Width", "Depth"];

/** A peer that makes fewer of the fastest one's steps than this is far behind. */
const farBehind = 0.1;

/**
 * Every peer works in a process of its own that has seen no other workload, as its users' programs do.
 * @param {Workload} workload
 * @param {Worker[]} workers
 * @param {Effort} effort
 * @returns {Promise<Cells>}
 */
export async function measureWorkload(workload, workers, effort) {
  /** @type {Cells} */
  const cells = new Map();
  for (const worker of workers) cells.set(worker.peer.id, await firstSteps(worker, workload, effort));
  const rounds = sweeps.includes(workload.table) ? Math.min(effort.rounds, fewRounds) : effort.rounds;
  for (let round = 0; round <= rounds; round++) {
    const best = Math.max(...[...cells.values()].map(({ rates }) => (rates.length > 0 ? median(rates) : 0)));
    for (const [i, cell] of [...cells.values()].entries()) {
      if (round > fewRounds && cell.rates.length > 0 && median(cell.rates) < farBehind * best) continue;
      await takeTurn(workers[i], cell, round, effort);
    }
  }
  for (const worker of workers) worker.end();
  return cells;
}

/**
 * @param {Worker} worker
 * @param {Workload} workload
 * @param {Effort} effort
 * @returns {Promise<Cell>}
 */
export async function firstSteps(worker, workload, effort) {
  const { limit } = effort;
  const after = workload.kind === "kernel" ? [1] : lossSteps; // a kernel's value is the same each time
  let reply = await worker.ask(preparation(workload), patience);
  if (!reply.failure) reply = await worker.ask({ do: "losses", after, limit }, limit + patience);
  if (reply.failure) return { losses: [], rates: [], failure: reply.failure };
  const rate = 1 / reply.seconds;
  return { losses: reply.losses, rates: isSlow(rate, effort) ? [rate] : [] };
}

/**
 * Whether a step takes longer than all of a peer's slices together: the last of its first steps then says enough.
 * @param {number} rate
 * @param {Effort} effort
 */
const isSlow = (rate, { rounds, seconds }) => 1 / rate > rounds * seconds;

/**
 * Round 0 warms up, twice as long, and does not count.
 * @param {Worker} worker
 * @param {Cell} cell
 * @param {number} round
 * @param {Effort} effort
 */
export async function takeTurn(worker, cell, round, effort) {
  if (cell.failure || cell.rates.some((rate) => isSlow(rate, effort))) return;
  const slice = round === 0 ? 2 * effort.seconds : effort.seconds;
  const { failure, steps, seconds } = await worker.ask({ do: "measure", seconds: slice }, slice + patience);
  if (failure) {
    cell.failure = failure;
    cell.rates = [];
  } else if (round > 0) cell.rates.push(steps / seconds);
}
