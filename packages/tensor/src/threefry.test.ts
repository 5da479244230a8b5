import { expect, test } from "vitest";
import { numberAlgebra } from "./elementwise/number-algebra.ts";
import { threefry2x32 } from "./threefry.ts";

// Random123-1.14, tests/kat_vectors: threefry2x32, 20 rounds.
test.each([
  { counter: [0x00000000, 0x00000000], key: [0x00000000, 0x00000000], answer: [0x6b200159, 0x99ba4efe] },
  { counter: [0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], answer: [0x1cb996fc, 0xbb002be7] },
  { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], answer: [0xc4923a9c, 0x483df7a0] },
] as const)(
  "Threefry-2x32-20 gives Random123's answer for counter $counter and key $key",
  ({ counter, key, answer }) => {
    const words = threefry2x32<number>(numberAlgebra(), key[0] | 0, key[1] | 0, counter[0] | 0, counter[1] | 0);
    expect(words.map((word) => word >>> 0)).toEqual(answer);
  },
);
