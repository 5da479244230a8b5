import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { loadStridedLanes } from "../load-strided-lanes.ts";
import { storeLanes } from "../store-lanes.ts";
import type { CopyRun } from "./copy-run.ts";

/** Copies values of which one side, or both, are apart. Strides count values. */
export function copyStrided(
  context: KernelContext,
  f: FunctionBuilder,
  { from, to, count, bytes, fromStride, toStride }: CopyRun & { fromStride: number; toStride: number },
): void {
  const { get, set, i32, v128 } = f;
  const moving = [
    { address: from, step: 4 * fromStride * bytes },
    { address: to, step: 4 * toStride * bytes },
  ];
  const value = f.local("v128");
  forEachVector(context, f, count, moving, (j, lanes) => {
    const source = 4 * j * fromStride * bytes;
    if (bytes === 4 && toStride === 1 && fromStride >= 0) {
      if (fromStride === 0) set(value, v128.load32Splat(get(from)));
      else loadStridedLanes(f, value, from, source, fromStride, lanes);
      storeLanes(f, () => get(to), value, 16 * j, lanes);
    } else if (bytes === 4 && toStride === 1 && fromStride === -1 && lanes === 4) {
      set(value, v128.load(moved(f, from, source - 12)));
      set(value, v128.shuffle(get(value), get(value), [3, 2, 1, 0]));
      v128.store(get(to), get(value), 16 * j);
    } else {
      for (let lane = 0; lane < lanes; lane++) {
        const target = moved(f, to, (4 * j + lane) * toStride * bytes);
        const at = moved(f, from, source + lane * fromStride * bytes);
        if (bytes === 4) i32.store(target, i32.load(at));
        else i32.store8(target, i32.load8U(at));
      }
    }
  });
}

/** An address so many bytes further, or back, which an instruction's own offset cannot go. */
function moved({ get, i32 }: FunctionBuilder, address: Local<"i32">, by: number): I32 {
  return by === 0 ? get(address) : i32.add(get(address), i32.const(by));
}
