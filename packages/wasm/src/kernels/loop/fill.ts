import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute, pointer } from "../address.ts";

/** Sets `count` values of 32 bits to one number. */
export function fill32(
  f: FunctionBuilder,
  address: Address,
  count: number,
  type: "float32" | "int32",
  value: number,
): void {
  const { i32, f32, get } = f;
  if (Object.is(value, 0)) {
    f.memoryFill(absolute(f, address), i32.const(0), i32.const(4 * count));
    return;
  }
  const to = pointer(f, address);
  f.repeat(count, () => {
    if (type === "float32") f32.store(get(to), f32.const(value));
    else i32.store(get(to), i32.const(value));
    f.increment(to, 4);
  });
}
