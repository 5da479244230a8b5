import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute, base } from "../address.ts";
import { forEachVector } from "../for-each-vector.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { ElementType } from "../loop/loop-spec.ts";
import { storeLanes } from "../store-lanes.ts";

export interface FillSpec {
  readonly type: ElementType;
  readonly count: number;
  /** For bools, 0 or 1. */
  readonly value: number;
}

const type = { params: ["i32"] } as const;

/** Filling memory is a call out of WebAssembly, which takes longer than to store so few zeros. */
const mostInPlace = 16;

/** Sets `count` values that follow each other to one value. */
export function fill(context: KernelContext, f: FunctionBuilder, spec: FillSpec, to: Address): void {
  const { i32 } = f;
  const { count, value } = spec;
  if (count === 0) return;
  if (Object.is(value, 0) && spec.type !== "bool" && count <= mostInPlace) {
    const vector = f.local("v128");
    f.set(vector, f.v128.zero());
    for (let i = 0; i < count; i += 4) storeLanes(f, () => base(f, to), vector, to.offset + 4 * i, count - i);
    return;
  }
  if (spec.type === "bool") f.memoryFill(absolute(f, to), i32.const(value), i32.const(count));
  else if (Object.is(value, 0)) f.memoryFill(absolute(f, to), i32.const(0), i32.const(4 * count));
  else f.call(fillVectors(context, spec), absolute(f, to));
}

function fillVectors(context: KernelContext, spec: FillSpec) {
  const value = Object.is(spec.value, -0) ? "-0" : spec.value;
  const key = `fill ${[spec.type, spec.count, value]}`;
  return context.function(key, () => {
    const f = context.module.function(key, type);
    const { get, set, f32, f32x4, i32x4 } = f;
    const [to] = f.args;
    const vector = f.local("v128");
    set(vector, spec.type === "float32" ? f32x4.splat(f32.const(spec.value)) : i32x4.const(spec.value));
    forEachVector(context, f, spec.count, [{ address: to, step: 16 }], (j, lanes) =>
      storeLanes(f, () => get(to), vector, 16 * j, lanes),
    );
    return f;
  });
}
