/** Parts of equal size, and how many of them follow each other. */
export interface Parts {
  readonly size: number;
  readonly count: number;
}

/** Cuts `total` into as few parts of at most `most` as possible, of nearly equal size, larger ones first: 10 by 6 is 5 + 5, not 6 + 4. */
export function splitEvenly(total: number, most: number): Parts[] {
  const count = Math.ceil(total / most);
  const small = Math.floor(total / count);
  const larger = total - count * small;
  const parts = [
    { size: small + 1, count: larger },
    { size: small, count: count - larger },
  ];
  return parts.filter((part) => part.count > 0);
}
