import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute, pointer } from "../address.ts";
import { copyWhole } from "../copy/copy-whole.ts";
import type { KernelContext } from "../kernel-context.ts";
import { nestedLoops } from "../nested-loops.ts";
import { checkIndices } from "./check-indices.ts";
import { type GatherSpec, planGather } from "./gather-spec.ts";

export interface ScatterAddAddresses {
  readonly x: Address;
  readonly index: Address;
  /** Of the index's shape. */
  readonly source: Address;
  /** Of x's shape; may be x. */
  readonly out: Address;
}

const type = { params: ["i32", "i32", "i32"] } as const; // out, index, source

/** out = x, with the values of `source` added where a gather with these indices would read. */
export function scatterAdd(
  context: KernelContext,
  f: FunctionBuilder,
  { type: dtype, ...spec }: GatherSpec & { readonly type: "float32" | "int32" },
  at: ScatterAddAddresses,
): void {
  const { check, count, block, stride } = planGather(spec);
  checkIndices(context, f, check, pointer(f, at.index), count);
  copyWhole(
    f,
    at.x,
    at.out,
    spec.shape.reduce((bytes, d) => bytes * d, 4),
  );
  const key = `scatterAdd ${JSON.stringify([spec, dtype])}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, i32, f32 } = f;
    const [out, index, source] = f.args;
    const place = f.local("i32");
    const walker = { address: out, strides: block.strides[0]!.map((stride) => stride * 4) };
    nestedLoops(f, block.sizes, [walker], () => {
      set(place, i32.add(get(out), i32.mul(i32.load(get(index)), i32.const(stride * 4))));
      const target = get(place);
      if (dtype === "float32") f32.store(target, f32.add(f32.load(get(place)), f32.load(get(source))));
      else i32.store(target, i32.add(i32.load(get(place)), i32.load(get(source))));
      f.increment(index, 4);
      f.increment(source, 4);
    });
    return f;
  });
  f.call(kernel, absolute(f, at.out), absolute(f, at.index), absolute(f, at.source));
}
