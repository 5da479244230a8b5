import type { Address } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { type ConvSpec, productShape } from "./conv-spec.ts";
import { depthwiseInputGrad } from "./depthwise-input-grad.ts";
import { isDepthwise } from "./is-depthwise.ts";
import { productInputGrad } from "./matrix-products.ts";
import { windowedInputGrad } from "./windowed-input-grad.ts";

export interface InputGradAddresses {
  /** By the maps: [maps, outHeight, outWidth]. */
  readonly grad: Address;
  readonly w: Address;
  /** By the pictures: [channels, height, width]. */
  readonly dx: Address;
  /** The epilogue's operand of dx's size. */
  readonly full?: Address | undefined;
}

/** The gradient by the pictures. The epilogue sees it as [channels, pixels]. */
export function conv2dInputGrad(
  context: KernelContext,
  spec: ConvSpec,
  epilogue?: Epilogue,
): BatchKernel<InputGradAddresses> {
  const product = productShape(spec);
  if (product) return productInputGrad(context, product, epilogue);
  if (isDepthwise(spec)) return depthwiseInputGrad(context, spec, epilogue);
  return windowedInputGrad(context, spec, epilogue);
}
