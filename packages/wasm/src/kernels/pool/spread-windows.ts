import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { at, pointer } from "../address.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { roundUp } from "../round-up.ts";
import { storeLanes } from "../store-lanes.ts";
import type { AvgPoolSpec } from "./avg-pool2d.ts";
import { forEachRowOfWindows } from "./for-each-row-of-windows.ts";
import { countDown, forEachTap } from "./for-each-tap.ts";
import { type PoolSpec, poolKey, type WindowRun, windowRuns, windowsKey } from "./windows.ts";

/** Two rows: what the columns get, and shares between zeros. Whole vectors, and some to spare. */
export const spreadScratch = (spec: PoolSpec) => ({ row: sharesOffset(spec) + 3 * spec.width * 4 + 256 });

const sharesOffset = ({ width }: Pick<PoolSpec, "width">) => roundUp(width * 4, 16) + 64;

const type = { params: ["i32", "i32", "i32"] } as const; // the gradient by the averages; dx; scratch

/** Adds each window's gradient, divided, to every entry of dx that the window reads. */
export function spreadWindows(context: KernelContext, spec: AvgPoolSpec): Callable<typeof type.params> {
  const { rows, columns } = spec.divisors;
  const key = `spreadWindows ${poolKey(spec)} ${Array.from(rows)} ${Array.from(columns)}`;
  return context.function(key, () => {
    const f = context.module.function("spreadWindows", type);
    const { get, i32, f32 } = f;
    const [grad, dx, scratch] = f.args;
    const row = spreadRow(context, spec);
    forEachRowOfWindows(f, spec, rows, ({ input, output }, { taps, divisor }) => {
      const [from, to] = [() => i32.add(get(grad), get(output)), () => i32.add(get(dx), get(input))];
      f.call(row, from(), to(), get(scratch), i32.const(taps), f32.const(divisor));
    });
    return f;
  });
}

const rowType = {
  params: [
    "i32", // the gradients of a row of windows
    "i32", // the first row of dx that they read
    "i32", // a row of working memory
    "i32", // how many rows they read
    "f32", // the part of the divisor that they share
  ],
} as const;

/** One row of windows: what each gives to its columns is added up in a row, which then is added to every row of dx that they read. */
function spreadRow(context: KernelContext, spec: AvgPoolSpec): Callable<typeof rowType.params> {
  const { width, rows, columns, divisors } = spec;
  const key = `spreadRow ${[width, rows.step]} ${windowsKey(columns)} ${Array.from(divisors.columns)}`;
  return context.function(key, () => {
    const f = context.module.function("spreadRow", rowType);
    const { get, set, v128, f32x4, f32 } = f;
    const [grad, dx, row, taps, divisor] = f.args;
    const [share, value] = [f.local("v128"), f.local("v128")];
    const addLanes = (summand: Local<"v128">, address: Local<"i32">, offset: number, lanes: number) => {
      set(value, f32x4.add(v128.load(get(address), offset), get(summand)));
      storeLanes(f, () => get(address), value, offset, lanes);
    };

    set(value, v128.zero());
    forEachVector(context, f, width, [{ address: row, step: 16 }], (j, lanes) =>
      storeLanes(f, () => get(row), value, 16 * j, lanes),
    );
    for (const run of windowRuns(columns, divisors.columns)) {
      const split = (j: number) => {
        const load = () => v128.load(get(grad), 4 * run.first + 16 * j);
        set(share, f32x4.div(load(), f32x4.splat(f32.mul(get(divisor), f32.const(run.divisor)))));
      };
      if (run.stride === 1 && run.count > 1) {
        spreadOverlapping(run, split);
        continue;
      }
      const moving = [
        { address: grad, step: 16 },
        { address: row, step: 16 * run.stride },
      ];
      forEachVector(context, f, run.count, moving, (j, lanes) => {
        split(j);
        for (let lane = 0; lane < lanes; lane++) {
          const start = 4 * (run.start + (4 * j + lane) * run.stride);
          forEachTap(f, run.taps, row, start, 4 * columns.step, (address, offset) => {
            const sum = () => f32.add(f32.load(get(address), offset), f32.extractLane(get(share), lane));
            f32.store(get(address), sum(), offset);
          });
        }
      });
    }

    /** Each column sums the shares of the windows over it: additions in memory, window by window, would wait for each other. */
    function spreadOverlapping(run: WindowRun, split: (j: number) => void): void {
      const margin = (run.taps - 1) * columns.step;
      const shares = pointer(f, at(sharesOffset({ width }), row));
      const sharesMove = { address: shares, step: 16 };
      set(value, v128.zero());
      forEachVector(context, f, run.count + 2 * margin, [sharesMove], (j) =>
        v128.store(get(shares), get(value), 16 * j),
      );
      forEachVector(context, f, run.count, [{ address: grad, step: 16 }, sharesMove], (j, lanes) => {
        split(j);
        storeLanes(f, () => get(shares), share, 4 * margin + 16 * j, lanes);
      });
      forEachVector(context, f, run.count + margin, [{ address: row, step: 16 }, sharesMove], (j, lanes) => {
        set(share, v128.zero());
        forEachTap(f, run.taps, shares, 16 * j, 4 * columns.step, (address, offset) =>
          set(share, f32x4.add(get(share), v128.load(get(address), offset))),
        );
        addLanes(share, row, 4 * run.start + 16 * j, lanes);
      });
    }

    countDown(f, taps, () => {
      const moving = [
        { address: row, step: 16 },
        { address: dx, step: 16 },
      ];
      forEachVector(context, f, width, moving, (j, lanes) => {
        set(share, v128.load(get(row), 16 * j));
        addLanes(share, dx, 16 * j, lanes);
      });
      f.increment(dx, rows.step * width * 4);
    });
    return f;
  });
}
