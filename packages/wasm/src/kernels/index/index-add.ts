import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { absolute, pointer } from "../address.ts";
import { copyWhole } from "../copy/copy-whole.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { checkIndices } from "./check-indices.ts";
import type { IndexSelectSpec } from "./index-select.ts";
import type { ScatterAddAddresses } from "./scatter-add.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // out, index, source

/** out = x [outer, size, run], with the entries of source [outer, count, run] added to those that the indices, int32 [count], name. */
export function indexAdd(
  context: KernelContext,
  f: FunctionBuilder,
  { type: dtype, ...spec }: IndexSelectSpec & { readonly type: "float32" | "int32" },
  at: ScatterAddAddresses,
): void {
  const { outer, size, run, count, checkId } = spec;
  checkIndices(context, f, { id: checkId, size }, pointer(f, at.index), count);
  copyWhole(f, at.x, at.out, outer * size * run * 4);
  const key = `indexAdd ${[outer, size, run, count, dtype]}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, v128 } = f;
    const [out, index, source] = f.args;
    const to = f.local("i32");
    const sum = f.local("v128");
    const moving = [
      { address: to, step: 16 },
      { address: source, step: 16 },
    ];
    f.repeat(outer, () => {
      f.repeat(count, () => {
        set(to, i32.add(get(out), i32.mul(i32.load(get(index)), i32.const(run * 4))));
        forEachVector(context, f, run, moving, (j, lanes) => {
          const [a, b] = [v128.load(get(to), 16 * j), v128.load(get(source), 16 * j)];
          set(sum, dtype === "float32" ? f.f32x4.add(a, b) : f.i32x4.add(a, b));
          storeLanes(f, () => get(to), sum, 16 * j, lanes);
        });
        f.increment(index, 4);
        f.increment(source, run * 4);
      });
      f.increment(index, -4 * count);
      f.increment(out, size * run * 4);
    });
    return f;
  });
  f.call(kernel, absolute(f, at.out), absolute(f, at.index), absolute(f, at.source));
}
