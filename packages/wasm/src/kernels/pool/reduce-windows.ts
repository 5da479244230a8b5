import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { loadStridedLanes } from "../load-strided-lanes.ts";
import { roundUp } from "../round-up.ts";
import { splitEvenly } from "../split-evenly.ts";
import { storeLanes } from "../store-lanes.ts";
import { forEachRowOfWindows } from "./for-each-row-of-windows.ts";
import { countDown, forEachTap } from "./for-each-tap.ts";
import { largerOf } from "./larger-of.ts";
import { type PoolSpec, poolKey, windowRuns, windowsKey } from "./windows.ts";

/** What the sum of window (row, column) is divided by is rows[row] · columns[column]. */
export interface PoolDivisors {
  readonly rows: ArrayLike<number>;
  readonly columns: ArrayLike<number>;
}

/** Working memory of `reduceWindows`: one row of a map, whole vectors and some to spare for reading. */
export const rowScratch = ({ width }: PoolSpec) => ({ row: roundUp(width * 4, 16) + 256 });

const type = { params: ["i32", "i32", "i32"] } as const; // x, y, scratch

/** The maxima, or sums divided by `divisors`, of all windows of a picture. */
export function reduceWindows(
  context: KernelContext,
  spec: PoolSpec,
  by: "max" | PoolDivisors,
): Callable<typeof type.params> {
  const key = `reduceWindows ${poolKey(spec)} ${by === "max" || [Array.from(by.rows), Array.from(by.columns)].join(";")}`;
  return context.function(key, () => {
    const f = context.module.function("reduceWindows", type);
    const { get, i32 } = f;
    const [x, y, scratch] = f.args;
    const row = reduceRow(context, spec, by);
    const divisors = by === "max" ? undefined : by.rows;
    forEachRowOfWindows(f, spec, divisors, ({ input, output }, { taps, divisor }) => {
      f.call(
        row,
        i32.add(get(x), get(input)),
        i32.add(get(y), get(output)),
        get(scratch),
        i32.const(taps),
        f.f32.const(divisor),
      );
    });
    return f;
  });
}

const rowType = {
  params: [
    "i32", // the first row of x that the windows read
    "i32", // their row of y
    "i32", // a row of working memory
    "i32", // how many rows of x they read
    "f32", // the part of the divisor that they share
  ],
} as const;

/** One row of windows: first what lies below each other is combined, into a row, then the windows read that row. */
function reduceRow(
  context: KernelContext,
  { width, rows, columns }: PoolSpec,
  by: "max" | PoolDivisors,
): Callable<typeof rowType.params> {
  const key = `reduceRow ${[width, rows.step]} ${windowsKey(columns)} ${by === "max" || Array.from(by.columns)}`;
  return context.function(key, () => {
    const f = context.module.function("reduceRow", rowType);
    const { get, set, i32, v128, f32x4 } = f;
    const [x, y, row, taps, divisor] = f.args;
    const acc = f.localArray("v128", 4);
    const value = f.local("v128");
    const combine = (acc: Local<"v128">) =>
      set(acc, by === "max" ? largerOf(f, acc, value) : f32x4.add(get(acc), get(value)));

    const [from, to, left] = [f.local("i32"), f.local("i32"), f.local("i32")];
    set(to, get(row));
    for (const { size, count } of splitEvenly(Math.ceil(width / 4), acc.length)) {
      const sums = acc.slice(0, size);
      f.repeat(count, () => {
        set(from, get(x));
        set(left, get(taps));
        for (const [j, sum] of sums.entries()) set(sum, v128.load(get(from), 16 * j));
        f.block((exit) => {
          f.increment(left, -1);
          f.branchIf(exit, i32.eqz(get(left)));
          countDown(f, left, () => {
            f.increment(from, rows.step * width * 4);
            for (const [j, sum] of sums.entries()) {
              set(value, v128.load(get(from), 16 * j));
              combine(sum);
            }
          });
        });
        for (const [j, sum] of sums.entries()) v128.store(get(to), get(sum), 16 * j);
        f.increment(x, 16 * size);
        f.increment(to, 16 * size);
      });
    }

    const [result, by4] = [f.local("v128"), f.local("v128")];
    for (const run of windowRuns(columns, by === "max" ? undefined : by.columns)) {
      if (by !== "max") set(by4, f32x4.splat(f.f32.mul(get(divisor), f.f32.const(run.divisor))));
      const moving = [
        { address: row, step: 16 * run.stride },
        { address: y, step: 16 },
      ];
      forEachVector(context, f, run.count, moving, (j, lanes) => {
        set(result, f32x4.splat(f.f32.const(by === "max" ? Number.NEGATIVE_INFINITY : 0)));
        forEachTap(f, run.taps, row, 4 * (run.start + 4 * j * run.stride), 4 * columns.step, (address, offset) => {
          loadStridedLanes(f, value, address, offset, run.stride, lanes);
          combine(result);
        });
        if (by !== "max") set(result, f32x4.div(get(result), get(by4)));
        storeLanes(f, () => get(y), result, 4 * run.first + 16 * j, lanes);
      });
    }
    return f;
  });
}
