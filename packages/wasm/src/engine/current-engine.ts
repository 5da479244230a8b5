import { type Engine, relaxedSimd, relaxedSimdBareTiles, revectorized, simd128 } from "./engine.ts";
import { hasRelaxedSimd, hasSimd, keepsSums } from "./features.ts";
import { isRightAndFaster, isRightAndFused } from "./self-test.ts";
import { hasHiddenRelaxedSimd, hasRevectorizer } from "./v8-flags.ts";

/** How much faster the revectorizer must be to be worth it; it makes products 1.4 to 2 times as fast where it works, and slower where it does not, on a busy machine or not. */
const worthwhile = 1.15;

let chosen: Engine | "none" | undefined;

/** The outcome of the test, which is made once: with another outcome later, the same computation would give other bits within one process. */
let flagsPay: boolean | undefined;

/** The engine that kernels are made for from here on; `undefined` where there is no SIMD. */
export function currentEngine(): Engine | undefined {
  chosen ??= fastestEngine();
  return chosen === "none" ? undefined : chosen;
}

function fastestEngine(): Engine | "none" {
  if (!hasSimd()) return "none";
  if (!hasRelaxedSimd()) return simd128;
  return keepsSums() ? relaxedSimd : relaxedSimdBareTiles;
}

/**
 * From here on, kernels compute without fused multiply-add, whose rounding differs between machines: the same bits on every machine, at the price of
 * speed where fused multiply-add exists. What is compiled already stays as it is.
 */
export function useDeterministicKernels(): void {
  chosen = hasSimd() ? simd128 : "none";
}

/**
 * From here on, kernels are made for what Node's V8 has behind experimental flags, which are on only while a program is compiled: 256-bit vectors, made of pairs of
 * 128-bit ones (Node 24 and later), which make large products about twice as fast and compiling slower, and fused multiply-add (Node 20), which makes them
 * up to 1.4 times as fast. Nothing changes where it does not work: elsewhere than in Node, where a test of a few milliseconds gives a wrong result, where
 * 256 bits give no gain, and on processors without fused multiply-add.
 * @returns whether it is used now
 */
export function enableV8Flags(): boolean {
  const [candidate, without] = behindFlags();
  if (!candidate || !hasSimd()) return false;
  // Fused multiply-add makes nothing slower, and on some processors so little faster that a test of speed would come out now so, now so.
  flagsPay ??= candidate.revectorize ? isRightAndFaster(candidate, without, worthwhile) : isRightAndFused(candidate);
  if (!flagsPay) return false;
  chosen = candidate;
  return true;
}

function behindFlags(): [candidate: Engine | undefined, without: Engine] {
  if (hasRevectorizer() && hasRelaxedSimd() && keepsSums()) return [revectorized, relaxedSimd];
  return [hasHiddenRelaxedSimd() ? relaxedSimdBareTiles : undefined, simd128];
}
