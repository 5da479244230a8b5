import { type Address, absolute } from "../address.ts";
import type { BatchKernel } from "../batch-kernel.ts";
import type { KernelContext } from "../kernel-context.ts";
import { coversMap, meanOfMaps, spreadMeans } from "./mean-of-maps.ts";
import { poolPairs } from "./pool-pairs.ts";
import { type PoolDivisors, reduceWindows, rowScratch } from "./reduce-windows.ts";
import { spreadPairs } from "./spread-pairs.ts";
import { spreadScratch, spreadWindows } from "./spread-windows.ts";
import { isPairs, type PoolSpec } from "./windows.ts";

export interface AvgPoolSpec extends PoolSpec {
  /** By what sums are divided: the sizes of the windows, with padding or without. */
  readonly divisors: PoolDivisors;
}

/** y [channels, rows, columns]: the sum of each window of x [channels, height, width], divided. */
export function avgPool2d(context: KernelContext, spec: AvgPoolSpec): BatchKernel<{ x: Address; y: Address }> {
  const factor = factorOfPairs(spec);
  if (factor !== undefined || coversMap(spec)) {
    const kernel = () => (factor === undefined ? meanOfMaps(context, spec) : poolPairs(context, spec, factor));
    return { scratch: {}, each: (f, { x, y }) => f.call(kernel(), absolute(f, x), absolute(f, y)) };
  }
  return {
    scratch: rowScratch(spec),
    each(f, { x, y, scratch }) {
      f.call(reduceWindows(context, spec, spec.divisors), absolute(f, x), absolute(f, y), f.i32.const(scratch.row!));
    },
  };
}

/** dx [channels, height, width]: each window's gradient, divided likewise, added up at every entry that the window reads. */
export function avgPool2dGrad(context: KernelContext, spec: AvgPoolSpec): BatchKernel<{ grad: Address; dx: Address }> {
  const factor = factorOfPairs(spec);
  if (factor !== undefined || coversMap(spec)) {
    const kernel = () => (factor === undefined ? spreadMeans(context, spec) : spreadPairs(context, spec, factor));
    return { scratch: {}, each: (f, { grad, dx }) => f.call(kernel(), absolute(f, grad), absolute(f, dx)) };
  }
  return {
    scratch: spreadScratch(spec),
    each(f, { grad, dx, scratch }) {
      const { i32 } = f;
      f.memoryFill(absolute(f, dx), i32.const(0), i32.const(spec.channels * spec.height * spec.width * 4));
      f.call(spreadWindows(context, spec), absolute(f, grad), absolute(f, dx), i32.const(scratch.row!));
    },
  };
}

/** 1 over the divisor of 2x2 windows, if all have that one, and the factor is exact. */
function factorOfPairs({ divisors, ...spec }: AvgPoolSpec): number | undefined {
  const [row, column] = [divisors.rows[0]!, divisors.columns[0]!];
  const same =
    Array.from(divisors.rows).every((d) => d === row) && Array.from(divisors.columns).every((d) => d === column);
  return isPairs(spec) && same && row * column === 4 ? 1 / 4 : undefined;
}
