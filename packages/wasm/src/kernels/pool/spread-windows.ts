import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import type { AvgPoolSpec } from "./avg-pool2d.ts";
import { forEachRowOfWindows } from "./for-each-row-of-windows.ts";
import { countDown, forEachTap } from "./for-each-tap.ts";
import { poolKey, windowRuns, windowsKey } from "./windows.ts";

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
      const moving = [
        { address: grad, step: 16 },
        { address: row, step: 16 * run.stride },
      ];
      forEachVector(context, f, run.count, moving, (j, lanes) => {
        const place = 4 * (run.start + 4 * j * run.stride);
        const load = () => v128.load(get(grad), 4 * run.first + 16 * j);
        set(share, f32x4.div(load(), f32x4.splat(f32.mul(get(divisor), f32.const(run.divisor)))));
        if (run.stride === 1 && run.count > 1) {
          forEachTap(f, run.taps, row, place, 4 * columns.step, (address, offset) =>
            addLanes(share, address, offset, lanes),
          );
          return;
        }
        if (run.stride === 2 && run.taps === 2 && columns.step === 1) {
          const doubled = f.local("v128");
          set(doubled, v128.shuffle(get(share), get(share), [0, 0, 1, 1]));
          addLanes(doubled, row, place, 2 * lanes);
          if (lanes <= 2) return;
          set(doubled, v128.shuffle(get(share), get(share), [2, 2, 3, 3]));
          addLanes(doubled, row, place + 16, 2 * lanes - 4);
          return;
        }
        for (let lane = 0; lane < lanes; lane++) {
          const start = place + 4 * lane * run.stride;
          forEachTap(f, run.taps, row, start, 4 * columns.step, (address, offset) => {
            const sum = () => f32.add(f32.load(get(address), offset), f32.extractLane(get(share), lane));
            f32.store(get(address), sum(), offset);
          });
        }
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
