import { type Address, absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { maximaPlaces } from "./maxima-places.ts";
import type { PoolSpec } from "./windows.ts";

/** int32 [channels, rows, columns]: where in its map [height, width] the maximum of each window is, counted in entries. */
export function maxPool2dIndices(
  context: KernelContext,
  spec: PoolSpec,
): BatchKernel<{ x: Address; indices: Address }> {
  return {
    scratch: {},
    each(f, { x, indices }) {
      f.call(maximaPlaces(context, spec, "indices"), absolute(f, x), absolute(f, indices), f.i32.const(0));
    },
  };
}
