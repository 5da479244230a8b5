import { type BatchKernel, type GemmSpec, gemm, gemmScratch, type KernelContext } from "@pointwise/wasm";
import type { Places } from "./lowering.ts";

/** The product of two inputs, seen as matrices. */
export const product = (context: KernelContext, spec: GemmSpec): BatchKernel<Places> => ({
  scratch: { panels: gemmScratch(context.engine, spec) },
  each: (f, { inputs: [a, b], output, full, scratch }) =>
    gemm(context, f, spec, { a: a!, b: b!, c: output, full, scratch: scratch.panels! }),
});
