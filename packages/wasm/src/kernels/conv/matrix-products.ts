import { absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import { type GemmSpec, gemm, gemmScratch } from "../gemm/gemm.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { ProductShape } from "./conv-spec.ts";
import type { ForwardAddresses } from "./conv2d-forward.ts";
import type { InputGradAddresses } from "./conv2d-input-grad.ts";
import type { WeightGradAddresses } from "./conv2d-weight-grad.ts";

const plain = { transposeA: false, transposeB: false, accumulate: false };

/** Maps [maps, pixels] = weights [maps, depth] · picture [depth, pixels]. */
export function productForward(
  context: KernelContext,
  maps: number,
  { depth, pixels }: ProductShape,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  // A column lies in memory as a row does: two rows along the depth make dot products.
  const picture = pixels === 1 ? { ldb: depth, transposeB: true } : { ldb: pixels };
  const product: GemmSpec = { ...plain, m: maps, n: pixels, k: depth, lda: depth, ldc: pixels, epilogue, ...picture };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    each(f, { x, w, y, full, scratch }) {
      gemm(context, f, product, { a: w, b: x, c: y, full, scratch: scratch.panels! });
    },
  };
}

/**
 * The picture's gradient [depth, pixels] = weights [maps, depth], transposed, · the maps' [maps, pixels]. For a single pixel it is one row of
 * a product: not if the epilogue has operands with one value a channel, which such a row mixes up.
 */
export function productInputGrad(
  context: KernelContext,
  maps: number,
  { depth, pixels }: ProductShape,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> | undefined {
  const mixed = epilogue?.operands.some(({ extent }) => extent === "row" || extent === "column");
  if (pixels === 1 && mixed) return undefined;
  const product: GemmSpec =
    pixels === 1
      ? { ...plain, m: 1, n: depth, k: maps, lda: maps, ldb: depth, ldc: depth, epilogue }
      : { ...plain, m: depth, n: pixels, k: maps, lda: depth, ldb: pixels, ldc: pixels, transposeA: true, epilogue };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    each(f, { grad, w, dx, full, scratch }) {
      const [a, b] = pixels === 1 ? [grad, w] : [w, grad];
      gemm(context, f, product, { a, b, c: dx, full, scratch: scratch.panels! });
    },
  };
}

/** The weights' gradient [maps, depth] += the maps' [maps, pixels] · picture [depth, pixels], transposed. */
export function productWeightGrad(
  context: KernelContext,
  maps: number,
  { depth, pixels }: ProductShape,
): BatchKernel<WeightGradAddresses> {
  const picture = pixels === 1 ? { ldb: depth } : { ldb: pixels, transposeB: true };
  const product: GemmSpec = {
    ...plain,
    m: maps,
    n: depth,
    k: pixels,
    lda: pixels,
    ldc: depth,
    ...picture,
    accumulate: true,
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    before(f, { dw }) {
      f.memoryFill(absolute(f, dw), f.i32.const(0), f.i32.const(4 * maps * depth));
    },
    each(f, { grad, x, dw, scratch }) {
      gemm(context, f, product, { a: grad, b: x, c: dw, scratch: scratch.panels! });
    },
  };
}
