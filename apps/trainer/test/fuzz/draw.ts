import type { Draw } from "../../../../packages/formats/test/onnx-mutate.ts";

export type { Draw };

/**
 * The same numbers for the same seed, on every machine. A stream for each file: any file can be made again without those before it.
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c mulberry32
 */
export function drawing(seed: number, index: number): Draw {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

export const pick = <T>(list: readonly T[], draw: Draw): T => list[draw(list.length)]!;
