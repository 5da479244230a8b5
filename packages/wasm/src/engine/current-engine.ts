import { type Engine, relaxedSimd, revectorized, simd128 } from "./engine.ts";
import { hasFastRelaxedSimd, hasSimd } from "./features.ts";
import { hasRevectorizer } from "./revectorizer.ts";
import { isRightAndFaster } from "./self-test.ts";

/** How much faster 256 bits must be: up to twice where they are made, less than 0.7 times where the wider tiles find no wider registers, a busy machine or not. */
const worthwhile = 1.15;

let chosen: Engine | "none" | undefined;

/** The engine that kernels are made for from here on; `undefined` where there is no SIMD. */
export function currentEngine(): Engine | undefined {
  chosen ??= hasFastRelaxedSimd() ? relaxedSimd : hasSimd() ? simd128 : "none";
  return chosen === "none" ? undefined : chosen;
}

/**
 * From here on, kernels compute without fused multiply-add, whose rounding differs between machines: the same bits on every machine, at the price of
 * speed where fused multiply-add exists. What is compiled already stays as it is.
 */
export function useDeterministicKernels(): void {
  chosen = hasSimd() ? simd128 : "none";
}

/**
 * From here on, kernels compute with 256-bit vectors, which Node's V8 (24 and later) makes of pairs of 128-bit ones when an experimental flag is on; it is on
 * only while a program is compiled. That makes large products about twice as fast, and compiling slower. Nothing changes where it does not work: elsewhere than in
 * Node, and where a test of a few milliseconds gives a wrong result or no gain.
 * @returns whether it is used now
 */
export function enableRevectorizer(): boolean {
  if (!hasRevectorizer() || !hasFastRelaxedSimd()) return false;
  if (!isRightAndFaster(revectorized, relaxedSimd, worthwhile)) return false;
  chosen = revectorized;
  return true;
}
