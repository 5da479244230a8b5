import type { Callable } from "../../assembler/function-builder.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { laneMask } from "../lane-mask.ts";
import { loadStridedLanes } from "../load-strided-lanes.ts";
import { roundUp } from "../round-up.ts";
import { storeLanes } from "../store-lanes.ts";
import { combineMaxima } from "./combine-maxima.ts";
import { forEachRowOfWindows } from "./for-each-row-of-windows.ts";
import { countDown, forEachTap } from "./for-each-tap.ts";
import { isLarger } from "./larger-of.ts";
import { type PoolSpec, poolKey, windowRuns, windowsKey } from "./windows.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // x; the indices, or the gradient by the maxima; dx

/**
 * Finds where the maximum of each window of a picture is: the first of equal ones, the last of NaNs. Stores these places, counted within their
 * map, as int32, or adds the window's gradient to dx there.
 */
export function maximaPlaces(
  context: KernelContext,
  spec: PoolSpec,
  use: "indices" | "grad",
): Callable<typeof type.params> {
  const key = `maximaPlaces ${use} ${poolKey(spec)}`;
  return context.function(key, () => {
    const f = context.module.function(`maximaPlaces ${use}`, type);
    const { get, i32 } = f;
    const [x, pooled, dx] = f.args;
    const row = placesOfRow(context, spec, use);
    forEachRowOfWindows(f, spec, undefined, ({ input, inMap, output }, { taps }) => {
      f.call(
        row,
        i32.add(get(x), get(input)),
        i32.shrU(get(inMap), i32.const(2)),
        i32.const(taps),
        i32.add(get(pooled), get(output)),
        i32.sub(i32.add(get(dx), get(input)), get(inMap)),
      );
    });
    return f;
  });
}

const rowType = {
  params: [
    "i32", // the first row of x that the windows read
    "i32", // how many entries of the map lie before that row
    "i32", // how many rows of x the windows read
    "i32", // their row of indices or of gradients
    "i32", // their map of dx
  ],
} as const;

/** The lanes are neighbouring windows, or, where one is wide and alone, its neighbouring entries. */
function placesOfRow(
  context: KernelContext,
  { width, rows, columns }: PoolSpec,
  use: "indices" | "grad",
): Callable<typeof rowType.params> {
  const key = `placesOfRow ${use} ${[width, rows.step]} ${windowsKey(columns)}`;
  return context.function(key, () => {
    const f = context.module.function(`placesOfRow ${use}`, rowType);
    const { get, set, i32, f32, i32x4, f32x4, v128 } = f;
    const [x, entry, taps, pooled, map] = f.args;
    const [value, largest, larger] = [f.local("v128"), f.local("v128"), f.local("v128")];
    const [place, largestPlace] = [f.local("v128"), f.local("v128")];
    const [from, left, target] = [f.local("i32"), f.local("i32"), f.local("i32")];
    /** Compares a value at `place`, and moves `place` on. */
    const consider = (step: number) => {
      set(larger, isLarger(f, largest, value));
      set(largest, v128.bitSelect(get(value), get(largest), get(larger)));
      set(largestPlace, v128.bitSelect(get(place), get(largestPlace), get(larger)));
      set(place, i32x4.add(get(place), i32x4.const(step)));
    };
    for (const run of windowRuns(columns)) {
      const isWide = run.count === 1 && columns.step === 1 && run.taps >= 4;
      const stride = isWide ? 1 : run.stride;
      const moving = [
        { address: x, step: 16 * stride },
        { address: entry, step: 4 * stride },
        { address: pooled, step: 16 },
      ];
      forEachVector(context, f, run.count, moving, (j, lanes) => {
        const start = run.start + 4 * j * stride;
        const first = i32x4.splat(get(entry));
        const inEach = i32x4.const(start, start + stride, start + 2 * stride, start + 3 * stride);
        set(place, i32x4.add(first, inEach));
        set(largestPlace, get(place));
        set(largest, f32x4.splat(f32.const(Number.NEGATIVE_INFINITY)));
        set(from, get(x));
        set(left, get(taps));
        countDown(f, left, () => {
          let passed = run.taps * columns.step;
          if (isWide) {
            passed = roundUp(run.taps, 4);
            const rest = run.taps % 4;
            forEachTap(f, Math.floor(run.taps / 4), from, 4 * start, 16, (address, offset) => {
              set(value, v128.load(get(address), offset));
              consider(4);
            });
            if (rest > 0) {
              set(value, v128.load(get(from), 4 * (start + run.taps - rest)));
              set(larger, f32x4.splat(f32.const(Number.NEGATIVE_INFINITY)));
              set(value, v128.bitSelect(get(value), get(larger), laneMask(f, rest)));
              consider(4);
            }
          } else {
            forEachTap(f, run.taps, from, 4 * start, 4 * columns.step, (address, offset) => {
              loadStridedLanes(f, value, address, offset, stride, lanes);
              consider(columns.step);
            });
          }
          f.increment(from, rows.step * width * 4);
          set(place, i32x4.add(get(place), i32x4.const(rows.step * width - passed)));
        });
        if (isWide) combineMaxima(f, largest, largestPlace);
        const result = 4 * run.first + 16 * j;
        if (use === "indices") {
          storeLanes(f, () => get(pooled), largestPlace, result, lanes);
          return;
        }
        for (let i = 0; i < lanes; i++) {
          set(target, i32.add(get(map), i32.shl(i32.extractLane(get(largestPlace), i), i32.const(2))));
          f32.store(get(target), f32.add(f32.load(get(target)), f32.load(get(pooled), result + 4 * i)));
        }
      });
    }
    return f;
  });
}
