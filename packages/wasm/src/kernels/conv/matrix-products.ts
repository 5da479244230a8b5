import { absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import { type GemmSpec, gemm, gemmScratch } from "../gemm/gemm.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { ProductShape } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";

/** Maps [maps, pixels] = weights [maps, channels] · picture [channels, pixels]. */
export function productForward(
  context: KernelContext,
  { maps, channels, pixels }: ProductShape,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const product: GemmSpec = {
    ...{ m: maps, n: pixels, k: channels, lda: channels, ldb: pixels, ldc: pixels, epilogue },
    ...{ transposeA: false, transposeB: false, accumulate: false },
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    each(f, { x, w, y, full, scratch }) {
      gemm(context, f, product, { a: w, b: x, c: y, full, scratch: scratch.panels! });
    },
  };
}

/** The picture's gradient [channels, pixels] = weights [maps, channels], transposed, · the maps' [maps, pixels]. */
export function productInputGrad(
  context: KernelContext,
  { maps, channels, pixels }: ProductShape,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const product: GemmSpec = {
    ...{ m: channels, n: pixels, k: maps, lda: channels, ldb: pixels, ldc: pixels, epilogue },
    ...{ transposeA: true, transposeB: false, accumulate: false },
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    each(f, { grad, w, dx, full, scratch }) {
      gemm(context, f, product, { a: w, b: grad, c: dx, full, scratch: scratch.panels! });
    },
  };
}

/** The weights' gradient [maps, channels] += the maps' [maps, pixels] · picture [channels, pixels], transposed. */
export function productWeightGrad(
  context: KernelContext,
  { maps, channels, pixels }: ProductShape,
): BatchKernel<WeightGradAddresses> {
  const product: GemmSpec = {
    ...{ m: maps, n: channels, k: pixels, lda: pixels, ldb: pixels, ldc: channels },
    ...{ transposeA: false, transposeB: true, accumulate: true },
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    before(f, { dw }) {
      f.memoryFill(absolute(f, dw), f.i32.const(0), f.i32.const(4 * maps * channels));
    },
    each(f, { grad, x, dw, scratch }) {
      gemm(context, f, product, { a: grad, b: x, c: dw, scratch: scratch.panels! });
    },
  };
}
