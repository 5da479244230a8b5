import type { Local } from "../assembler/value-types.ts";
import type { Constant } from "./constant.ts";

/** Four neighbouring values: floats, integers, or masks (all bits set, or none), each 32 bits wide. */
export interface Vector {
  readonly kind: "f32" | "i32" | "mask";
  readonly local: Local<"v128">;
  /** Of a quotient of integers: which. */
  readonly quotientOf?: readonly [Lanes, Lanes];
}

/** A value of the SIMD algebra. A constant becomes a vector, of floats or of integers, where it is used. */
export type Lanes = Vector | Constant;
