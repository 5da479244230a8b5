// Trains again and again in one process, for scripts/verify-soak.mjs.
import { constants } from "node:os";
import { modelNames } from "../../src/models/index.ts";
import { formatCount, formatDuration } from "../../src/terminal/format.ts";
import { createProgress } from "../../src/terminal/progress.ts";
import { withInterrupt } from "../../src/training/interrupt.ts";
import { lossBound } from "./compare.ts";
import { fewest, judgeMemory, type Memory } from "./judge-memory.ts";
import { measureMemory } from "./measure-memory.ts";
import { Rounds } from "./rounds.ts";

/**
 * Memory counts from a quarter of the time on, or from so many seconds on, but not in the first rounds: the engine has compiled most of the program by
 * then, and eager mode as many kernels as it keeps.
 */
const warmUp = { seconds: 300, rounds: 12 };

/**
 * @param seconds how long; a slow machine may need longer for the rounds that it takes to judge memory
 * @param folder for checkpoints
 * @returns the exit code: 1 if something leaked or drifted, 130 if the user interrupted before
 */
export const soak = (seconds: number, folder: string): Promise<number> =>
  withInterrupt(async (interrupt) => {
    const began = performance.now();
    const elapsed = () => (performance.now() - began) / 1000;
    const rounds = new Rounds(folder);
    const memories: Memory[] = [];
    const faults: string[] = [];
    const progress = createProgress("seconds", Math.round(seconds));
    let count = 0;
    while (faults.length === 0 && (elapsed() < seconds || memories.length < fewest)) {
      const found = await rounds.run(count, interrupt);
      if (!found) break;
      faults.push(...found.map((fault) => `Round ${count + 1}: ${fault}`));
      count++;
      const memory = await measureMemory();
      if (count > warmUp.rounds && elapsed() >= Math.min(seconds / 4, warmUp.seconds)) memories.push(memory);
      progress.update(Math.round(elapsed()), { rounds: String(count), ...inMiB(memory) });
    }
    progress.stop();

    const { trained, steps, largestDifference } = rounds;
    const interrupted = interrupt.signal ? ", interrupted" : "";
    console.log(
      `${formatCount(count)} rounds in ${formatDuration(elapsed())}${interrupted}: ${formatCount(trained)} trainings of ${modelNames.join(", ")}, ` +
        `op by op and compiled, ${formatCount(steps)} steps, in turns; after each epoch judged, saved, loaded and compiled anew.`,
    );
    console.log(
      `Losses are at most ${largestDifference.toExponential(1)} off the reference's; ${lossBound.toExponential(0)} may be.`,
    );
    const isLong = memories.length >= fewest;
    if (isLong) {
      const { table, faults: grown } = judgeMemory(memories);
      console.log(`Memory after ${count - memories.length} rounds of warming up:\n${table}`);
      faults.push(...grown);
    }
    for (const fault of faults) console.error(`error: ${fault}`);
    if (faults.length > 0) return 1;
    const judged = isLong ? "Nothing leaked, and" : "It was too short to judge memory, but";
    console.log(`${judged} each training had the same bits in each round.`);
    return interrupt.signal ? 128 + constants.signals[interrupt.signal] : 0;
  });

const inMiB = (memory: Memory) =>
  Object.fromEntries(Object.entries(memory).map(([name, bytes]) => [name, `${Math.round(bytes / 2 ** 20)} MiB`]));
