import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";

export interface CopyRun {
  readonly from: Local<"i32">;
  readonly to: Local<"i32">;
  readonly count: number;
  /** Of a value. */
  readonly bytes: 1 | 4;
}

/** For longer runs the engine's own copy, which takes a while to start, is as fast. */
const mostBytesInVectors = 1024;
/** Of so many bools: the engine's copy takes longer to start than they take one by one. */
const mostSingleBytes = 8;

/** Copies values that follow each other on both sides. */
export function copyRun(context: KernelContext, f: FunctionBuilder, { from, to, count, bytes }: CopyRun): void {
  const { get, set, i32, v128 } = f;
  if (bytes === 1 && count <= mostSingleBytes) {
    for (let i = 0; i < count; i++) i32.store8(get(to), i32.load8U(get(from), i), i);
  } else if (bytes === 1 || count * bytes > mostBytesInVectors) {
    f.memoryCopy(get(to), get(from), i32.const(count * bytes));
  } else {
    const value = f.local("v128");
    const moving = [
      { address: from, step: 16 },
      { address: to, step: 16 },
    ];
    forEachVector(context, f, count, moving, (j, lanes) => {
      set(value, v128.load(get(from), 16 * j));
      storeLanes(f, () => get(to), value, 16 * j, lanes);
    });
  }
}
