import { hasRelaxedSimd } from "../src/engine/features.ts";
import { hasHiddenRelaxedSimd, hasRevectorizer } from "../src/engine/v8-flags.ts";
import { type Engine, relaxedSimd, relaxedSimdBareTiles, revectorized, simd128 } from "../src/index.ts";

const hasFusedMultiplyAdd = hasRelaxedSimd() || hasHiddenRelaxedSimd();

/** Whatever kernels can be made for and this Node can run; without a revectorizer, what is made for one runs as it stands. */
export const engines: readonly Engine[] = [
  simd128,
  ...(hasFusedMultiplyAdd
    ? [relaxedSimd, relaxedSimdBareTiles, { ...revectorized, revectorize: hasRevectorizer() }]
    : []),
];

/** With and without fused multiply-add: engines that differ in the shape of their tiles only compute functions alike. */
export const arithmetics = engines.slice(0, 2);
