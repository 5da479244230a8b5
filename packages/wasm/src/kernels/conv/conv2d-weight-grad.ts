import { type Address, absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import { gemm, gemmScratch } from "../gemm/gemm.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, isPointwise } from "./conv-spec.ts";
import { weightGradByMaps } from "./weight-grad-by-maps.ts";
import { weightGradByPixels } from "./weight-grad-by-pixels.ts";

export interface WeightGradAddresses {
  /** By the maps: [maps, outHeight, outWidth]. */
  readonly grad: Address;
  /** Pictures [channels, height, width]. */
  readonly x: Address;
  /** By the weights: [maps, channels/groups, kernelHeight, kernelWidth]. */
  readonly dw: Address;
}

/** The gradient by the weights, summed over the pictures of a batch. */
export function conv2dWeightGrad(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  if (isPointwise(spec)) return pointwise(context, spec);
  const byPixels = usedLanes(spec.outWidth) > 1.3 * usedLanes(spec.maps / spec.groups);
  return byPixels ? weightGradByPixels(context, spec) : weightGradByMaps(context, spec);
}

function pointwise(context: KernelContext, spec: ConvSpec): BatchKernel<WeightGradAddresses> {
  const pixels = spec.height * spec.width;
  const product = {
    m: spec.maps,
    n: spec.channels,
    k: pixels,
    lda: pixels,
    ldb: pixels,
    ldc: spec.channels,
    transposeA: false,
    transposeB: true,
    accumulate: true,
  };
  return {
    scratch: { panels: gemmScratch(context.engine, product) },
    before(f, { dw }) {
      f.memoryFill(absolute(f, dw), f.i32.const(0), f.i32.const(4 * spec.maps * spec.channels));
    },
    each(f, { grad, x, dw, scratch }) {
      gemm(context, f, product, { a: grad, b: x, c: dw, scratch: scratch.panels! });
    },
  };
}

/** The part of the lanes that work where so many values are computed four at a time. */
const usedLanes = (count: number): number => count / (4 * Math.ceil(count / 4));
