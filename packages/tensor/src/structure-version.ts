let version = 0;
let keys = 0;

/**
 * A number for what the values of tensors do not show, but what changes the result of a function of tensors: which modules train, which
 * parameters are frozen, which ones there are. A compiled function compares it before it runs. Once everything is as it was at some time,
 * so is the number.
 */
export const structureVersion = (): number => version;

/**
 * A key for something that is in one of two states, for `toggleStructure`: 32 bits that look random, so that a combination of keys is unlikely
 * to equal another.
 * @see A. L. Zobrist, "A New Hashing Method with Application for Game Playing", 1970
 * @see https://github.com/aappleby/smhasher/wiki/MurmurHash3, whose finalizer this is: it gives every counter a key of its own
 */
export function newStructureKey(): number {
  let key = ++keys;
  key = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  key = Math.imul(key ^ (key >>> 13), 0xc2b2ae35);
  return key ^ (key >>> 16);
}

/** To be called whenever what the key stands for goes from one of its states to the other. */
export function toggleStructure(key: number): void {
  version ^= key;
}
