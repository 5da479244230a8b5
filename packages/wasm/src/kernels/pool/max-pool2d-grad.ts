import { type Address, absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";
import { maxPoolPairsGrad } from "./max-pool-pairs-grad.ts";
import { maximaPlaces } from "./maxima-places.ts";
import { isPairs, type PoolSpec } from "./windows.ts";

export interface MaxPool2dGradSpec extends PoolSpec {
  /** Only where `isPairs`. */
  readonly epilogue?: Epilogue | undefined;
}

export interface MaxPool2dGradAddresses {
  /** The gradient by the maxima, [channels, rows, columns]. */
  readonly grad: Address;
  readonly x: Address;
  readonly dx: Address;
  /** The epilogue's operand of dx's size. */
  readonly full?: Address | undefined;
}

/** dx [channels, height, width]: each window's gradient, at the first of its equal maxima or the last of its NaNs; there they add up. */
export function maxPool2dGrad(context: KernelContext, spec: MaxPool2dGradSpec): BatchKernel<MaxPool2dGradAddresses> {
  return {
    scratch: {},
    each(f, { grad, x, dx, full }) {
      const { i32 } = f;
      if (isPairs(spec)) {
        const kernel = maxPoolPairsGrad(context, spec, spec.epilogue);
        const addresses = [absolute(f, grad), absolute(f, x), absolute(f, dx)] as const;
        f.call(kernel, ...addresses, full ? i32.sub(absolute(f, full), absolute(f, dx)) : i32.const(0));
        return;
      }
      f.memoryFill(absolute(f, dx), i32.const(0), i32.const(spec.channels * spec.height * spec.width * 4));
      f.call(maximaPlaces(context, spec, "grad"), absolute(f, x), absolute(f, grad), absolute(f, dx));
    },
  };
}
