/** What is made from the value at a place of memory. */
interface Use {
  /** The place, in elements beyond some pointer. */
  readonly offset: number;
}

export interface Place<U extends Use> {
  readonly offset: number;
  readonly uses: readonly U[];
}

/** Each place once, in the order of its first use: what is loaded there serves all uses. */
export function placesOf<U extends Use>(uses: readonly U[]): Place<U>[] {
  const places = new Map<number, U[]>();
  for (const use of uses) {
    const known = places.get(use.offset);
    if (known) known.push(use);
    else places.set(use.offset, [use]);
  }
  return [...places].map(([offset, uses]) => ({ offset, uses }));
}
