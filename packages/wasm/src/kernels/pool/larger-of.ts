import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local, V128 } from "../../assembler/value-types.ts";

/**
 * The larger of a and b, or NaN if one is: the two orders of `pmax` agree unless there is a NaN, which then one of them keeps, and which other
 * bits cannot undo. Three machine instructions, where `max` has eight. Of 0 and −0 it gives −0.
 */
export function largerOf({ f32x4, v128, get }: FunctionBuilder, a: Local<"v128">, b: Local<"v128">): V128 {
  return v128.or(f32x4.pmax(get(a), get(b)), f32x4.pmax(get(b), get(a)));
}

/** All bits where b comes after a as the place of a maximum: it is larger, or NaN. */
export function isLarger({ f32x4, v128, get }: FunctionBuilder, a: Local<"v128">, b: Local<"v128">): V128 {
  return v128.or(f32x4.gt(get(b), get(a)), f32x4.ne(get(b), get(b)));
}
