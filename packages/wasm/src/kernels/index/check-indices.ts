import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { checkIndex, type IndexCheck } from "./check-index.ts";

const type = { params: ["i32"] } as const;

/** Refuses the first of `count` indices that is out of range. Kernels call it before they read or write anything at an index. */
export function checkIndices(
  context: KernelContext,
  f: FunctionBuilder,
  check: IndexCheck,
  indices: Local<"i32">,
  count: number,
): void {
  const key = `checkIndices ${[check.id, check.size, count]}`;
  const checkAll = context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32 } = f;
    const [address] = f.args;
    const [index, position] = [f.local("i32"), f.local("i32")];
    f.repeat(count, () => {
      set(index, i32.load(get(address)));
      checkIndex(context, f, check, index, () => get(position));
      f.increment(address, 4);
      f.increment(position, 1);
    });
    return f;
  });
  f.call(checkAll, f.get(indices));
}
