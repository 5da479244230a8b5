/**
 * The worker's side of the conversation: JSON lines in on stdin, one JSON line out for each. `peers/pytorch.py` speaks the same.
 *
 * - `{ do: "version" }` → `{ version }`
 * - `{ do: "prepare", workload, tensors, batches }` → `{}`: builds the model and its inputs, and forgets the last ones
 * - `{ do: "losses", after, limit }` → `{ losses, seconds, compiling }`: the loss at each of the steps `after`, as far as `limit` seconds
 *   reach but for two steps at least, and how long the last step took; of Pointwise also how much of that until its program could run
 * - `{ do: "measure", seconds }` → `{ steps, seconds }`: whole steps, at least one
 *
 * Only of Pointwise are asked:
 *
 * - `{ do: "explain" }` → `{ text }`: what the compiler says of its program
 * - `{ do: "profile", seconds }` → `{ shares }`: see `profile.mjs`
 * - `{ do: "memory", steps }` → `{ before, after }`: see `memory.mjs`
 *
 * What a peer cannot do, or fails at, is answered by `{ failure }`.
 */
import { createInterface } from "node:readline";
import { memoryAround } from "./memory.mjs";
import { profile } from "./profile.mjs";

/**
 * @typedef {import("./workloads.mjs").Workload} Workload
 * @typedef {{ shape: number[], data: Float32Array | Int32Array }} Values
 * @typedef {{ tensors: Record<string, Values>, batches: Record<string, Values>[] }} Data
 * @typedef {(first: number, count: number) => number | Promise<number>} Run runs `count` steps, of which the first is step number
 *   `first` counted from 0, and gives the loss of the last one (of an inference or kernel: the mean size of its outputs)
 * @typedef {object} Insight what Pointwise can tell besides
 * @property {() => string} explain
 * @property {() => number} wasmBytes the size of its memory
 * @property {() => number} readyAt when its last program was ready to run, by `performance.now()`
 * @typedef {Run & Partial<Insight>} Steps
 * @typedef {{ version: string, prepare(workload: Workload, data: Data): Steps | Promise<Steps> }} Peer
 */

/** Thrown for a workload that a peer has no means to run. */
export class Cannot extends Error {}

/**
 * Steps from a function that makes one.
 * @param {(i: number) => number} step
 * @returns {Steps}
 */
export const oneByOne = (step) => (first, count) => {
  let loss = 0;
  for (let i = first; i < first + count; i++) loss = step(i);
  return loss;
};

/** @param {ArrayLike<number>} values */
export function meanSize(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum / values.length;
}

/** @param {Peer} peer */
export async function serve(peer) {
  console.log = console.error; // stdout belongs to the conversation, whatever libraries print
  /** @type {Steps | undefined} */
  let steps;
  let done = 0;

  /** @param {number} count */
  const run = async (count) => {
    if (!steps) throw new Error("nothing is prepared");
    const loss = steps(done, count);
    done += count;
    return typeof loss === "number" ? loss : await loss;
  };

  /** @param {any} request JSON, as the head of this file says */
  const answer = async (request) => {
    switch (request.do) {
      case "version":
        return { version: peer.version };
      case "prepare":
        steps = undefined;
        done = 0;
        steps = await peer.prepare(request.workload, {
          tensors: decode(request.tensors),
          batches: request.batches.map(decode),
        });
        return {};
      case "losses":
        return lossesAfter(run, request.after, request.limit, steps?.readyAt);
      case "measure":
        return measure(run, request.seconds);
      case "explain":
        if (!steps?.explain) throw new Cannot("cannot explain itself");
        return { text: steps.explain() };
      case "profile":
        return { shares: await profile(() => measure(run, request.seconds)) };
      case "memory":
        if (!steps?.wasmBytes) throw new Cannot("cannot tell its memory");
        return memoryAround(() => run(request.steps), steps.wasmBytes);
      default:
        throw new Error(`unknown request ${request.do}`);
    }
  };

  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line)).catch((error) => ({
      failure: error instanceof Cannot ? error.message : String(error),
    }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/**
 * @param {(count: number) => Promise<number>} run
 * @param {number[]} after
 * @param {number} limit in seconds
 * @param {() => number} [readyAt]
 */
async function lossesAfter(run, after, limit, readyAt) {
  const end = performance.now() + 1000 * limit;
  const losses = [];
  let seconds = 0;
  let compiling;
  for (let step = 1; step <= Math.max(...after) && (step <= 2 || performance.now() < end); step++) {
    const start = performance.now();
    const loss = await run(1);
    seconds = (performance.now() - start) / 1000;
    if (readyAt) compiling = (readyAt() - start) / 1000;
    if (after.includes(step)) losses.push(loss);
  }
  return { losses, seconds, compiling };
}

/**
 * Looks at the clock only every millisecond or so, for that costs as much as a small step.
 * @param {(count: number) => Promise<number>} run
 * @param {number} seconds
 */
async function measure(run, seconds) {
  let [steps, count, elapsed] = [0, 1, 0];
  const start = performance.now();
  while (elapsed < 1000 * seconds) {
    await run(count);
    steps += count;
    const now = performance.now() - start;
    if (now - elapsed < 1) count *= 2;
    elapsed = now;
  }
  return { steps, seconds: elapsed / 1000 };
}

/** @param {Record<string, { shape: number[], dtype: string, base64: string }>} encoded */
function decode(encoded) {
  /** @type {Record<string, Values>} */
  const values = {};
  for (const [name, { shape, dtype, base64 }] of Object.entries(encoded)) {
    const { buffer } = new Uint8Array(Buffer.from(base64, "base64"));
    values[name] = { shape, data: dtype === "int32" ? new Int32Array(buffer) : new Float32Array(buffer) };
  }
  return values;
}
