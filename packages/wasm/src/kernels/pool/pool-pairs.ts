import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { largerOf } from "./larger-of.ts";
import type { PoolSpec } from "./windows.ts";

const type = { params: ["i32", "i32"] } as const; // x, y

export const evenLanes = [0, 2, 4, 6] as const;
export const oddLanes = [1, 3, 5, 7] as const;

/** The maxima of 2x2 windows side by side, or their sums times a factor, for the maps of one picture. */
export function poolPairs(context: KernelContext, spec: PoolSpec, by: "max" | number): Callable<typeof type.params> {
  const { channels, height, width } = spec;
  const key = `poolPairs ${[channels, height, width]} ${by}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4, f32 } = f;
    const [x, y] = f.args;
    const [left, right, below, even, odd] = f.localArray("v128", 5);
    const columns = Math.floor(width / 2);
    const moving = [
      { address: x, step: 32 },
      { address: y, step: 16 },
    ];
    const combine = (a: Local<"v128">, b: Local<"v128">) =>
      set(a, by === "max" ? largerOf(f, a, b) : f32x4.add(get(a), get(b)));
    const columnPairs = (half: Local<"v128">, offset: number) => {
      set(half, v128.load(get(x), offset));
      set(below!, v128.load(get(x), offset + width * 4));
      combine(half, below!);
    };
    const rowPair = () => {
      forEachVector(context, f, columns, moving, (j, lanes) => {
        columnPairs(left!, j * 32);
        columnPairs(right!, j * 32 + 16);
        set(even!, v128.shuffle(get(left!), get(right!), evenLanes));
        set(odd!, v128.shuffle(get(left!), get(right!), oddLanes));
        combine(even!, odd!);
        if (by !== "max") set(even!, f32x4.mul(get(even!), f32x4.splat(f32.const(by))));
        storeLanes(f, () => get(y), even!, j * 16, lanes);
      });
      f.increment(x, width * 8);
      f.increment(y, columns * 4);
    };
    if (height % 2 === 0) f.repeat((channels * height) / 2, rowPair);
    else {
      f.repeat(channels, () => {
        f.repeat(Math.floor(height / 2), rowPair);
        f.increment(x, width * 4);
      });
    }
    return f;
  });
}
