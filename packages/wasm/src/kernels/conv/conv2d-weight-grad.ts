import type { Address } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, productShape } from "./conv-spec.ts";
import { isDepthwise } from "./is-depthwise.ts";
import { productWeightGrad } from "./matrix-products.ts";
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
  const product = productShape(spec);
  if (product) return productWeightGrad(context, product);
  const least = isDepthwise(spec) ? 0.6 : 1.3;
  const byPixels = usedLanes(spec.outWidth) > least * usedLanes(spec.maps / spec.groups);
  return byPixels ? weightGradByPixels(context, spec) : weightGradByMaps(context, spec);
}

/** The part of the lanes that work where so many values are computed four at a time. */
const usedLanes = (count: number): number => count / (4 * Math.ceil(count / 4));
