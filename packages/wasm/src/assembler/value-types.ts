export type ValueType = "i32" | "f32" | "f64" | "v128";

export const typeCodes: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

declare const type: unique symbol;

/**
 * A value on WebAssembly's stack. It exists for TypeScript only: instructions are written the moment they are called, and since
 * JavaScript evaluates arguments from left to right, `i32.add(get(a), get(b))` writes them in the order that a stack machine needs.
 * A value must be used where it was made; keep it in a local to use it later or twice.
 */
export interface OnStack<T extends ValueType> {
  readonly [type]: T;
}

export type I32 = OnStack<"i32">;
export type F32 = OnStack<"f32">;
export type F64 = OnStack<"f64">;
export type V128 = OnStack<"v128">;

/** A variable of a function. */
export interface Local<T extends ValueType = ValueType> {
  readonly type: T;
  readonly index: number;
}
