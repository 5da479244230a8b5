import { formatTable } from "../../src/terminal/table.ts";

/** What a process holds, in bytes. */
export interface Memory {
  /** JavaScript objects and the arrays of tensors, after garbage was collected. */
  readonly heap: number;
  /** WebAssembly's memory. */
  readonly wasm: number;
  /** All that the system counts, the machine code of programs included. */
  readonly resident: number;
}

const [KiB, MiB] = [2 ** 10, 2 ** 20];

/**
 * The most that may be added to each: from the first quarter of the measurements to the last, as medians, and from a round to the next. The engine
 * goes on compiling JavaScript for a while, 20 to 60 KiB a round; one small tensor that is kept of each step makes 350 KiB. What is lost more slowly
 * adds up in an hour.
 */
const bounds: { readonly [K in keyof Memory]: { title: string; growth: number; slope: number } } = {
  heap: { title: "JavaScript", growth: 4 * MiB, slope: 128 * KiB },
  wasm: { title: "WebAssembly", growth: 8 * MiB, slope: Number.POSITIVE_INFINITY }, // it grows in steps, by doubling
  resident: { title: "process", growth: 32 * MiB, slope: 2 * MiB },
};

/** Fewer measurements say nothing. */
export const fewest = 8;

/** Whether memory was flat, by one measurement after each round. */
export function judgeMemory(rounds: readonly Memory[]): { table: string; faults: string[] } {
  const faults: string[] = [];
  const rows = (["heap", "wasm", "resident"] as const).map((key) => {
    const { title, growth, slope } = bounds[key];
    const bytes = rounds.map((memory) => memory[key]);
    const quarter = Math.ceil(bytes.length / 4);
    const [before, after] = [median(bytes.slice(0, quarter)), median(bytes.slice(-quarter))];
    const perRound = medianSlope(bytes);
    if (after - before > growth) faults.push(`${title}: grew by ${inMiB(after - before)}, more than ${inMiB(growth)}.`);
    if (perRound > slope) faults.push(`${title}: grew by ${inKiB(perRound)} a round, more than ${inKiB(slope)}.`);
    const slopeBound = Number.isFinite(slope) ? inKiB(slope) : "";
    return [title, inMiB(before), inMiB(after), inMiB(after - before), inMiB(growth), inKiB(perRound), slopeBound];
  });
  const titles = ["memory", "before", "after", "growth", "at most", "a round", "at most"];
  const table = formatTable(
    titles.map((title, i) => ({ title, align: i === 0 ? "left" : "right" })),
    rows,
  );
  return { table, faults };
}

const inMiB = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;
const inKiB = (bytes: number): string => `${(bytes / KiB).toFixed(1)} KiB`;

function median(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** The median of the slopes of all pairs (Theil and Sen): a few odd values do not move it. */
const medianSlope = (ys: readonly number[]): number =>
  median(ys.flatMap((y, i) => ys.slice(i + 1).map((later, distance) => (later - y) / (distance + 1))));
