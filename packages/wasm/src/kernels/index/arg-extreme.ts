import type { Callable, FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, pointer } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { loadStridedLanes } from "../load-strided-lanes.ts";
import { storeLanes } from "../store-lanes.ts";

export interface ArgExtremeSpec {
  readonly extreme: "largest" | "smallest";
  readonly type: "float32" | "int32";
  /** x [outer, width, inner], along the dimension of `width`, which is at least 1. */
  readonly outer: number;
  readonly width: number;
  readonly inner: number;
}

/** y, int32 [outer, inner]: where in each line of x its first NaN is, or else the first of its extreme values. */
export function argExtreme(
  context: KernelContext,
  f: FunctionBuilder,
  spec: ArgExtremeSpec,
  at: { readonly x: Address; readonly y: Address },
): void {
  const { get } = f;
  const { outer, width, inner } = spec;
  const [x, y] = [pointer(f, at.x), pointer(f, at.y)];
  const between = inner === 1 ? width : 1;
  const some = (lines: number) => {
    f.call(extremeOfLines(context, spec, lines), get(x), get(y));
    f.increment(x, lines * between * 4);
    f.increment(y, lines * 4);
  };
  const all = (lines: number) => {
    f.repeat(Math.floor(lines / 4), () => some(4));
    if (lines % 4 > 0) some(lines % 4);
  };
  if (inner === 1) all(outer);
  else {
    f.repeat(outer, () => {
      all(inner);
      f.increment(x, (width - 1) * inner * 4);
    });
  }
}

const type = { params: ["i32", "i32"] } as const; // x, at the first line; y

/** Up to four neighbouring lines, one in each lane. */
function extremeOfLines(
  context: KernelContext,
  { extreme, type: dtype, width, inner }: ArgExtremeSpec,
  lanes: number,
): Callable<typeof type.params> {
  const key = `argExtreme ${[extreme, dtype, width, inner, lanes]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, v128, f32x4, i32x4 } = f;
    const [x, y] = f.args;
    const [value, best, better] = [f.local("v128"), f.local("v128"), f.local("v128")];
    const [place, bestPlace] = [f.local("v128"), f.local("v128")];
    const load = (into: typeof value) => loadStridedLanes(f, into, x, 0, inner === 1 ? width : 1, lanes);
    const compare = dtype === "float32" ? f32x4 : i32x4;
    load(best);
    f.repeat(width - 1, () => {
      f.increment(x, inner * 4);
      load(value);
      set(place, i32x4.add(get(place), i32x4.const(1)));
      const [candidate, known] = [get(value), get(best)];
      set(better, extreme === "largest" ? compare.gt(candidate, known) : compare.lt(candidate, known));
      if (dtype === "float32") {
        set(better, v128.or(get(better), f32x4.ne(get(value), get(value))));
        set(better, v128.andNot(get(better), f32x4.ne(get(best), get(best))));
      }
      set(best, v128.bitSelect(get(value), get(best), get(better)));
      set(bestPlace, v128.bitSelect(get(place), get(bestPlace), get(better)));
    });
    storeLanes(f, () => get(y), bestPlace, 0, lanes);
    return f;
  });
}
