import type { Code } from "../code.ts";
import type { F32, F64, I32, V128 } from "../value-types.ts";

export class I32Instructions {
  private readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  private binary(opcode: number): I32 {
    return this.code.numbers(opcode, 2, "i32", "i32");
  }

  const(value: number): I32 {
    this.code.plain(0x41);
    this.code.bytes.signed(value);
    return this.code.give("i32");
  }

  add(_a: I32, _b: I32): I32 {
    return this.binary(0x6a);
  }
  sub(_a: I32, _b: I32): I32 {
    return this.binary(0x6b);
  }
  mul(_a: I32, _b: I32): I32 {
    return this.binary(0x6c);
  }
  and(_a: I32, _b: I32): I32 {
    return this.binary(0x71);
  }
  or(_a: I32, _b: I32): I32 {
    return this.binary(0x72);
  }
  xor(_a: I32, _b: I32): I32 {
    return this.binary(0x73);
  }
  rotl(_a: I32, _bits: I32): I32 {
    return this.binary(0x77);
  }
  shl(_a: I32, _bits: I32): I32 {
    return this.binary(0x74);
  }
  /** Shifts in zeros. */
  shrU(_a: I32, _bits: I32): I32 {
    return this.binary(0x76);
  }
  eq(_a: I32, _b: I32): I32 {
    return this.binary(0x46);
  }
  ne(_a: I32, _b: I32): I32 {
    return this.binary(0x47);
  }
  ltU(_a: I32, _b: I32): I32 {
    return this.binary(0x49);
  }
  geU(_a: I32, _b: I32): I32 {
    return this.binary(0x4f);
  }
  eqz(_a: I32): I32 {
    return this.code.numbers(0x45, 1, "i32", "i32");
  }

  /** The whole part, clamped to the range of int32; 0 for NaN. */
  truncSatF64(_a: F64): I32 {
    this.code.take("f64");
    this.code.bulk(2);
    return this.code.give("i32");
  }
  /** The whole part modulo 2^32, for values between ±2^63; 0 for NaN. */
  wrapF64(_a: F64): I32 {
    this.code.take("f64");
    this.code.bulk(6); // i64.trunc_sat_f64_s
    this.code.plain(0xa7); // i32.wrap_i64
    return this.code.give("i32");
  }
  reinterpretF32(_a: F32): I32 {
    return this.code.numbers(0xbc, 1, "f32", "i32");
  }

  load(_address: I32, offset = 0): I32 {
    return this.code.load(0x28, offset, 2, "i32");
  }
  load8U(_address: I32, offset = 0): I32 {
    return this.code.load(0x2d, offset, 0, "i32");
  }
  store(_address: I32, _value: I32, offset = 0): void {
    this.code.store(0x36, offset, 2, "i32");
  }
  store8(_address: I32, _value: I32, offset = 0): void {
    this.code.store(0x3a, offset, 0, "i32");
  }
  /** Lane `lane` of four integers. */
  extractLane(_vector: V128, lane: number): I32 {
    this.code.take("v128");
    this.code.simd(0x1b);
    this.code.bytes.byte(lane);
    return this.code.give("i32");
  }
}
