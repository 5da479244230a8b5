import type { Code } from "../code.ts";
import type { I32, V128 } from "../value-types.ts";

/** Instructions on four lanes of 32-bit integers, and the narrower lanes that bools pass through. */
export class I32x4Instructions {
  private readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  private shift(opcode: number): V128 {
    this.code.take("i32");
    return this.code.vectors(opcode, 1);
  }

  splat(_value: I32): V128 {
    this.code.take("i32");
    this.code.simd(0x11);
    return this.code.give("v128");
  }
  const(a: number, b = a, c = a, d = a): V128 {
    this.code.simd(0x0c);
    for (const value of [a, b, c, d]) this.code.bytes.uint32(value);
    return this.code.give("v128");
  }
  eq(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x37, 2);
  }
  ne(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x38, 2);
  }
  lt(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x39, 2);
  }
  gt(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x3b, 2);
  }
  le(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x3d, 2);
  }
  abs(_a: V128): V128 {
    return this.code.vectors(0xa0, 1);
  }
  neg(_a: V128): V128 {
    return this.code.vectors(0xa1, 1);
  }
  shl(_a: V128, _bits: I32): V128 {
    return this.shift(0xab);
  }
  /** Shifts in copies of the sign. */
  shrS(_a: V128, _bits: I32): V128 {
    return this.shift(0xac);
  }
  /** Shifts in zeros. */
  shrU(_a: V128, _bits: I32): V128 {
    return this.shift(0xad);
  }
  add(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xae, 2);
  }
  sub(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xb1, 2);
  }
  mul(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xb5, 2);
  }
  min(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xb6, 2);
  }
  max(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xb8, 2);
  }
  /** The whole part of floats, clamped to the range; 0 for NaN. */
  truncSatF32x4(_a: V128): V128 {
    return this.code.vectors(0xf8, 1);
  }
  /** Four bytes, from the low lane, as four integers. */
  extendLowBytes(_a: V128): V128 {
    this.code.take("v128");
    this.code.simd(0x89); // i16x8.extend_low_i8x16_u
    this.code.simd(0xa9); // i32x4.extend_low_i16x8_u
    return this.code.give("v128");
  }
  /** The low byte of each lane, all four in the low lane. */
  lowBytes(_a: V128): V128 {
    this.code.take("v128");
    this.code.simd(0x0c);
    for (let i = 0; i < 16; i++) this.code.bytes.byte(0);
    this.code.simd(0x0d);
    for (let i = 0; i < 16; i++) this.code.bytes.byte(i < 4 ? 4 * i : 16);
    return this.code.give("v128");
  }
}
