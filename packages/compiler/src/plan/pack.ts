/** Memory that is needed from one step to another, both included. */
export interface Interval {
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Offsets for all intervals, so that what is needed at the same time does not overlap: the largest first, each at the lowest place
 * where it fits. @returns the bytes that they span
 */
export function packIntervals<I extends Interval>(
  intervals: readonly I[],
  place: (interval: I, offset: number) => void,
): number {
  /** By offset. */
  const placed: { interval: I; offset: number }[] = [];
  let span = 0;
  for (const interval of [...intervals].sort((a, b) => b.bytes - a.bytes)) {
    let offset = 0;
    for (const other of placed) {
      if (other.interval.from > interval.to || other.interval.to < interval.from) continue;
      if (offset + interval.bytes <= other.offset) break;
      offset = Math.max(offset, other.offset + other.interval.bytes);
    }
    const next = placed.findIndex((other) => other.offset > offset);
    placed.splice(next < 0 ? placed.length : next, 0, { interval, offset });
    span = Math.max(span, offset + interval.bytes);
    place(interval, offset);
  }
  return span;
}
