import type { Callable } from "../../assembler/function-builder.ts";
import { combineLanes } from "../combine-lanes.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { laneMask } from "../lane-mask.ts";
import { storeLanes } from "../store-lanes.ts";
import type { AvgPoolSpec } from "./avg-pool2d.ts";

/** Whether there is one window, and it reads all of its map. */
export function coversMap({ height, width, rows, columns }: AvgPoolSpec): boolean {
  const covers = ({ start, end, step }: typeof rows, size: number) =>
    start.length === 1 && step === 1 && start[0] === 0 && end[0] === size;
  return covers(rows, height) && covers(columns, width);
}

const type = { params: ["i32", "i32"] } as const; // maps and means, in the order in which they are read and written

/** Sums that grow in turn, so that one addition need not wait for the one before. */
const chains = 4;

const divisorOf = ({ divisors }: AvgPoolSpec) => divisors.rows[0]! * divisors.columns[0]!;

/** The sum of each map, divided. */
export function meanOfMaps(context: KernelContext, spec: AvgPoolSpec): Callable<typeof type.params> {
  const { channels, height, width } = spec;
  const size = height * width;
  const key = `meanOfMaps ${[channels, size, divisorOf(spec)]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4, f32 } = f;
    const [x, y] = f.args;
    const sums = f.localArray("v128", chains);
    const [first, ...rest] = sums as [(typeof sums)[0], ...typeof sums];
    f.repeat(channels, () => {
      for (const sum of sums) set(sum, v128.zero());
      forEachVector(context, f, size, [{ address: x, step: 16 }], (j, lanes) => {
        const sum = sums[j % chains]!;
        const load = () => v128.load(get(x), 16 * j);
        set(sum, f32x4.add(get(sum), lanes === 4 ? load() : v128.and(load(), laneMask(f, lanes))));
      });
      for (const sum of rest) set(first, f32x4.add(get(first), get(sum)));
      combineLanes(f, first, (a, b) => f32x4.add(a, b));
      f32.store(get(y), f32.div(f32.extractLane(get(first), 0), f32.const(divisorOf(spec))));
      f.increment(x, size * 4);
      f.increment(y, 4);
    });
    return f;
  });
}

/** Its gradient: every entry of a map gets the map's gradient, divided. */
export function spreadMeans(context: KernelContext, spec: AvgPoolSpec): Callable<typeof type.params> {
  const { channels, height, width } = spec;
  const size = height * width;
  const key = `spreadMeans ${[channels, size, divisorOf(spec)]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4, f32 } = f;
    const [grad, dx] = f.args;
    const share = f.local("v128");
    f.repeat(channels, () => {
      set(share, f32x4.div(v128.load32Splat(get(grad)), f32x4.splat(f32.const(divisorOf(spec)))));
      forEachVector(context, f, size, [{ address: dx, step: 16 }], (j, lanes) =>
        storeLanes(f, () => get(dx), share, 16 * j, lanes),
      );
      f.increment(grad, 4);
      f.increment(dx, size * 4);
    });
    return f;
  });
}
