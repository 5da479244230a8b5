import type { Shape } from "@pointwise/tensor";
import fc from "fast-check";
import { type Case, casesOf, type Rules } from "./cases.ts";
import { copyRules, indexRules } from "./copy-rules.ts";
import { elementwiseRules } from "./elementwise-rules.ts";
import { convRules, poolRules } from "./map-rules.ts";
import { matmulRules, softmaxRules } from "./matrix-rules.ts";

const dims = (...most: number[]): fc.Arbitrary<Shape> => fc.tuple(...most.map((max) => fc.integer({ min: 1, max })));
const maps = fc.oneof(dims(5, 9, 13, 13), dims(3, 4, 4, 40));
const matrices = fc.oneof(dims(40, 40), dims(40, 40), dims(4, 20, 20));
const lines = fc.oneof(dims(70), dims(9, 70), dims(5, 12, 9), dims(3, 9, 5, 5));
const any = fc.oneof(dims(40), dims(12, 20), dims(6, 9, 9), dims(3, 5, 7, 8));

const kernelRules = { ...convRules, ...poolRules, ...matmulRules, ...softmaxRules, ...copyRules, ...indexRules };
export const allRules: Rules = { ...elementwiseRules, ...kernelRules };

const family = (rules: Rules, shapes: fc.Arbitrary<Shape>): fc.Arbitrary<Case> =>
  casesOf(Object.keys(rules), Object.keys(elementwiseRules), shapes);

/** Programs of some ops of a kind each, among elementwise ones. */
export const families: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  "elementwise ops": family(elementwiseRules, fc.oneof(any, lines)),
  convolutions: family(convRules, maps),
  pools: family(poolRules, maps),
  "convolutions and pools": family({ ...convRules, ...poolRules }, maps),
  "matrix products": family(matmulRules, matrices),
  "softmax and cross-entropy": family(softmaxRules, lines),
  copies: family(copyRules, any),
  indexing: family(indexRules, any),
  "all kernels": family(kernelRules, fc.oneof(maps, matrices)),
};
