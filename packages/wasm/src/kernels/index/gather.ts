import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { nestedLoops } from "../nested-loops.ts";
import { checkIndices } from "./check-indices.ts";
import { type GatherSpec, planGather } from "./gather-spec.ts";

const type = { params: ["i32", "i32", "i32"] } as const; // x, index, out

/** out, of the index's shape: the values of x that the indices, int32, name. `bytes` of a value: 4, or 1 for bools. */
export function gather(
  context: KernelContext,
  f: FunctionBuilder,
  { bytes, ...spec }: GatherSpec & { readonly bytes: 1 | 4 },
  at: { readonly x: Address; readonly index: Address; readonly out: Address },
): void {
  const key = `gather ${JSON.stringify([spec, bytes])}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, i32 } = f;
    const [x, index, out] = f.args;
    const { check, count, block, stride } = planGather(spec);
    checkIndices(context, f, check, index, count);
    const walker = { address: x, strides: block.strides[0]!.map((stride) => stride * bytes) };
    nestedLoops(f, block.sizes, [walker], () => {
      const target = get(out);
      const place = () => i32.add(get(x), i32.mul(i32.load(get(index)), i32.const(stride * bytes)));
      if (bytes === 4) i32.store(target, i32.load(place()));
      else i32.store8(target, i32.load8U(place()));
      f.increment(index, 4);
      f.increment(out, bytes);
    });
    return f;
  });
  f.call(kernel, absolute(f, at.x), absolute(f, at.index), absolute(f, at.out));
}
