import type { Code } from "../code.ts";
import type { I32, V128 } from "../value-types.ts";

/** Instructions on two float64 lanes, and from and to four lanes of 32 bits. */
export class F64x2Instructions {
  private readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  const(a: number, b = a): V128 {
    this.code.simd(0x0c);
    this.code.bytes.float64(a);
    this.code.bytes.float64(b);
    return this.code.give("v128");
  }
  add(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf0, 2);
  }
  sub(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf1, 2);
  }
  mul(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf2, 2);
  }
  div(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf3, 2);
  }
  /** b < a ? b : a. */
  pmin(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf6, 2);
  }
  /** a < b ? b : a. */
  pmax(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xf7, 2);
  }
  floor(_a: V128): V128 {
    return this.code.vectors(0x75, 1);
  }
  /** Halves to even. */
  nearest(_a: V128): V128 {
    return this.code.vectors(0x94, 1);
  }
  /** Shifts the bits of each lane to the left. */
  shl(_a: V128, _bits: I32): V128 {
    this.code.take("i32");
    return this.code.vectors(0xcb, 1); // i64x2.shl
  }
  /** Of the first two of four float32 lanes. */
  promoteLowF32x4(_a: V128): V128 {
    return this.code.vectors(0x5f, 1);
  }
  /** The first two of four int32. */
  convertLowI32x4(_a: V128): V128 {
    return this.code.vectors(0xfe, 1);
  }
  /** As float32, then two zeros. */
  demoteToF32x4(_a: V128): V128 {
    return this.code.vectors(0x5e, 1);
  }
  /** The whole parts as int32, clamped to the range, 0 for NaN; then two zeros. */
  truncSatToI32x4(_a: V128): V128 {
    return this.code.vectors(0xfc, 1);
  }
}
