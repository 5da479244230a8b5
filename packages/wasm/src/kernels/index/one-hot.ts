import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute, pointer } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";

export interface OneHotSpec {
  readonly count: number;
  readonly classes: number;
  /** Of the output: the number 1 is written as float32, int32 or a byte. */
  readonly type: "float32" | "int32" | "bool";
  /** What `refuseIndex` is told if a label is not 0 to classes − 1. */
  readonly labelCheck: number;
}

/** y [count, classes]: zeros, with a one in each row at the place of its label. */
export function oneHot(
  context: KernelContext,
  f: FunctionBuilder,
  { count, classes, type, labelCheck }: OneHotSpec,
  at: { readonly labels: Address; readonly y: Address },
): void {
  const { i32, f32, get, set } = f;
  const bytes = type === "bool" ? 1 : 4;
  f.memoryFill(absolute(f, at.y), i32.const(0), i32.const(count * classes * bytes));
  const [label, to] = [pointer(f, at.labels), pointer(f, at.y)];
  const [value, row] = [f.local("i32"), f.local("i32")];
  f.repeat(count, () => {
    set(value, i32.load(get(label)));
    f.if(i32.geU(get(value), i32.const(classes)), () =>
      f.call(context.module.imports.refuseIndex, i32.const(labelCheck), get(row)),
    );
    const place = () => i32.add(get(to), i32.mul(get(value), i32.const(bytes)));
    if (type === "float32") f32.store(place(), f32.const(1));
    else if (type === "int32") i32.store(place(), i32.const(1));
    else i32.store8(place(), i32.const(1));
    f.increment(label, 4);
    f.increment(to, classes * bytes);
    f.increment(row, 1);
  });
}
