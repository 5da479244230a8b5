import { type Address, absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { poolPairs } from "./pool-pairs.ts";
import { reduceWindows, rowScratch } from "./reduce-windows.ts";
import { isPairs, type PoolSpec } from "./windows.ts";

/** y [channels, rows, columns]: the maximum of each window of x [channels, height, width], NaN if there is one. */
export function maxPool2d(context: KernelContext, spec: PoolSpec): BatchKernel<{ x: Address; y: Address }> {
  if (isPairs(spec)) {
    return {
      scratch: {},
      each: (f, { x, y }) => f.call(poolPairs(context, spec, "max"), absolute(f, x), absolute(f, y)),
    };
  }
  return {
    scratch: rowScratch(spec),
    each(f, { x, y, scratch }) {
      f.call(reduceWindows(context, spec, "max"), absolute(f, x), absolute(f, y), f.i32.const(scratch.row!));
    },
  };
}
