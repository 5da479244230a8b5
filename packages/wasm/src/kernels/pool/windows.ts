/** What each output of a pool reads along one direction: the entries from start to end (exclusive) in steps; at least one. */
export interface Windows {
  readonly start: ArrayLike<number>;
  readonly end: ArrayLike<number>;
  readonly step: number;
}

/** A pool over the maps [channels, height, width] of one picture. */
export interface PoolSpec {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly rows: Windows;
  readonly columns: Windows;
}

/** Tells windows apart in the key of a function. */
export const windowsKey = ({ start, end, step }: Windows): string =>
  `(${Array.from(start)};${Array.from(end)};${step})`;

export const poolKey = ({ channels, height, width, rows, columns }: PoolSpec): string =>
  `${[channels, height, width]} ${windowsKey(rows)} ${windowsKey(columns)}`;

/** Whether the windows are 2x2, side by side from the first entry on: a last row or column of an odd size may be in none. */
export function isPairs({ height, width, rows, columns }: PoolSpec): boolean {
  return arePairs(rows, height) && arePairs(columns, width);
}

function arePairs({ start, end, step }: Windows, size: number): boolean {
  if (step !== 1 || start.length !== Math.floor(size / 2)) return false;
  return Array.from(start).every((s, i) => s === 2 * i && end[i] === 2 * i + 2);
}

/** Neighbouring windows of one form: they read `taps` entries each, the first from `start` on and each `stride` beyond the one before. */
export interface WindowRun {
  readonly first: number;
  readonly count: number;
  readonly start: number;
  readonly stride: number;
  readonly taps: number;
  /** What sums over these windows are divided by. */
  readonly divisor: number;
}

/** All windows, in order, in as few runs as possible. */
export function windowRuns({ start, end, step }: Windows, divisors?: ArrayLike<number>): WindowRun[] {
  const runs: WindowRun[] = [];
  for (let i = 0; i < start.length; i++) {
    const taps = Math.ceil((end[i]! - start[i]!) / step);
    const divisor = divisors?.[i] ?? 1;
    const last = runs.at(-1);
    const stride = last ? start[i]! - (last.start + (last.count - 1) * last.stride) : 0;
    const fits = last && last.taps === taps && last.divisor === divisor && (last.count === 1 || last.stride === stride);
    if (fits) runs[runs.length - 1] = { ...last, count: last.count + 1, stride };
    else runs.push({ first: i, count: 1, start: start[i]!, stride: 1, taps, divisor });
  }
  return runs;
}
