import { Sequential } from "@pointwise/layers";
import { type Rng, type Shape, UsageError } from "@pointwise/tensor";
import type { Block } from "./block.ts";
import { describeBlocks } from "./describe-blocks.ts";
import { makeLayer } from "./make-layer.ts";

/**
 * The model of the blocks, its weights drawn from `rng` block by block.
 * @throws UsageError that says why the blocks are no model for such samples.
 */
export function buildModel(blocks: readonly Block[], input: Shape, classes: number, rng: Rng): Sequential {
  const { rows, problem } = describeBlocks(blocks, input, classes);
  if (problem) throw new UsageError(problem.message);
  return new Sequential(...blocks.map((block, i) => makeLayer(block, rows[i - 1]?.outputShape ?? input, rng)));
}
