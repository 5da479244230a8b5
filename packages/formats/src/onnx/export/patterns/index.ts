import { batchNorm } from "./batch-norm.ts";
import { convBias } from "./conv-bias.ts";
import { gemm, matmulOfRows } from "./dense.ts";
import { embedding } from "./embedding.ts";
import { droppedReduction, mean } from "./mean.ts";
import type { Pattern } from "./pattern.ts";
import { layerNorm } from "./standardize.ts";

/** Larger ones first. */
export const patterns: readonly Pattern[] = [
  batchNorm,
  layerNorm,
  convBias,
  gemm,
  matmulOfRows,
  embedding,
  mean,
  droppedReduction,
];
