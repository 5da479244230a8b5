import type { Address } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, productShape } from "./conv-spec.ts";
import { depthwiseForward } from "./depthwise-forward.ts";
import { isDepthwise } from "./is-depthwise.ts";
import { productForward } from "./matrix-products.ts";
import { windowedForward } from "./windowed-forward.ts";

export interface ForwardAddresses {
  /** Pictures [channels, height, width]. */
  readonly x: Address;
  readonly w: Address;
  /** Maps [maps, outHeight, outWidth]. */
  readonly y: Address;
  /** The epilogue's operand of the maps' size. */
  readonly full?: Address | undefined;
}

/** y = x ∗ w. The epilogue sees y as [maps, pixels]. */
export function conv2dForward(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<ForwardAddresses> {
  const product = productShape(spec);
  if (product) return productForward(context, product, epilogue);
  if (isDepthwise(spec)) return depthwiseForward(context, spec, epilogue);
  return windowedForward(context, spec, epilogue);
}
