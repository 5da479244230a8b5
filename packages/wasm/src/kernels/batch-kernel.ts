import type { FunctionBuilder } from "../assembler/function-builder.ts";

export interface Scratch {
  /** Addresses of the working memory, by name. */
  readonly scratch: Readonly<Record<string, number>>;
}

/**
 * A kernel that works on one picture of a batch at a time, so that kernels in a row can share one loop over the pictures and what passes
 * between them stays in the cache. Its phases become functions of their own: what they share is in memory. `A` are the addresses it works on.
 */
export interface BatchKernel<A> {
  /** Bytes of working memory, by name. Their content is undefined when a step begins. */
  readonly scratch: Readonly<Record<string, number>>;
  /** Once, before the loop over the pictures. */
  before?(f: FunctionBuilder, at: A & Scratch): void;
  /** One picture: addresses of batched buffers are those of its part. */
  each(f: FunctionBuilder, at: A & Scratch): void;
  /** Once, after the loop. */
  after?(f: FunctionBuilder, at: A & Scratch): void;
}
