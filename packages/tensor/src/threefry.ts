import type { Algebra } from "./elementwise/algebra.ts";

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/**
 * Threefry-2x32 with 20 rounds: two words of 32 bits that are a function of the key (two words) and the counter (two words),
 * and that no statistical test tells from random. It is written over the scalar algebra, so that draws fuse and compile.
 * @see J. K. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011 (Random123), whose known answers are tests here.
 */
export function threefry2x32<V>(k: Algebra<V>, key0: V, key1: V, counter0: V, counter1: V): [V, V] {
  const keys = [key0, key1, k.ixor(k.ixor(k.c(0x1bd11bda), key0), key1)] as const;
  let a = k.iadd(counter0, key0);
  let b = k.iadd(counter1, key1);
  for (let round = 0; round < 20; round++) {
    a = k.iadd(a, b);
    b = k.ixor(k.irotl(b, rotations[round % 8]!), a);
    if (round % 4 !== 3) continue;
    const injection = (round + 1) / 4;
    a = k.iadd(a, keys[injection % 3]!);
    b = k.iadd(k.iadd(b, keys[(injection + 1) % 3]!), k.c(injection));
  }
  return [a, b];
}
