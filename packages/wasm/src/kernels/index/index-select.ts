import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute } from "../address.ts";
import { copyRun } from "../copy/copy-run.ts";
import type { KernelContext } from "../kernel-context.ts";
import { checkIndices } from "./check-indices.ts";

/** x [outer, size, run], of which `count` entries along the second dimension are meant. */
export interface IndexSelectSpec {
  readonly outer: number;
  readonly size: number;
  readonly run: number;
  readonly count: number;
  /** What `refuseIndex` is told. */
  readonly checkId: number;
}

const type = { params: ["i32", "i32", "i32"] } as const; // x, index, out

/** out [outer, count, run]: the entries that the indices, int32 [count], name. `bytes` of a value: 4, or 1 for bools. */
export function indexSelect(
  context: KernelContext,
  f: FunctionBuilder,
  { bytes, ...spec }: IndexSelectSpec & { readonly bytes: 1 | 4 },
  at: { readonly x: Address; readonly index: Address; readonly out: Address },
): void {
  const { outer, size, run, count, checkId } = spec;
  const key = `indexSelect ${[outer, size, run, count, checkId, bytes]}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32 } = f;
    const [x, index, out] = f.args;
    const from = f.local("i32");
    checkIndices(context, f, { id: checkId, size }, index, count);
    f.repeat(outer, () => {
      f.repeat(count, () => {
        set(from, i32.add(get(x), i32.mul(i32.load(get(index)), i32.const(run * bytes))));
        copyRun(context, f, { from, to: out, count: run, bytes });
        f.increment(index, 4);
        f.increment(out, run * bytes);
      });
      f.increment(index, -4 * count);
      f.increment(x, size * run * bytes);
    });
    return f;
  });
  f.call(kernel, absolute(f, at.x), absolute(f, at.index), absolute(f, at.out));
}
