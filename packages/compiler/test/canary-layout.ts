import type { ArenaBuffer } from "../src/plan/memory-plan.ts";
import type { Interval } from "../src/plan/pack.ts";

/** Bytes around everything that lies in memory. */
export const guard = 1024;

/** An array in memory, by its first and last byte, that one excluded. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the last plan has put things, from the start of its arena. */
let layout: (Place & { readonly interval: Interval | ArenaBuffer })[] = [];
/** Which of a plan's parts comes last, and so lies at the end of all memory: another one each time. */
let lastOfAll = 0;

/** Takes `packIntervals`' place: nothing shares memory, and there is a guard before each. Sizes must be exact. */
export function packApart<I extends Interval>(
  intervals: readonly I[],
  place: (interval: I, offset: number) => void,
): number {
  const turn = lastOfAll++ % intervals.length;
  let end = 0;
  layout = [...intervals.slice(turn + 1), ...intervals.slice(0, turn + 1)].map((interval) => {
    const start = Math.ceil((end + guard) / 64) * 64;
    place(interval, start);
    end = start + interval.bytes;
    return { interval, start, end };
  });
  return end;
}

export const lastLayout = () => layout;
