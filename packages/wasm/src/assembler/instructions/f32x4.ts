import type { Code } from "../code.ts";
import type { F32, V128 } from "../value-types.ts";

/** Instructions on four float32 lanes. */
export class F32x4Instructions {
  private readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  splat(_value: F32): V128 {
    this.code.take("f32");
    this.code.simd(0x13);
    return this.code.give("v128");
  }
  replaceLane(_vector: V128, lane: number, _value: F32): V128 {
    this.code.take("f32");
    this.code.take("v128");
    this.code.simd(0x20);
    this.code.bytes.byte(lane);
    return this.code.give("v128");
  }
  eq(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x41, 2);
  }
  ne(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x42, 2);
  }
  lt(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x43, 2);
  }
  gt(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x44, 2);
  }
  le(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x45, 2);
  }
  ge(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x46, 2);
  }
  ceil(_a: V128): V128 {
    return this.code.vectors(0x67, 1);
  }
  floor(_a: V128): V128 {
    return this.code.vectors(0x68, 1);
  }
  trunc(_a: V128): V128 {
    return this.code.vectors(0x69, 1);
  }
  /** Halves to even. */
  nearest(_a: V128): V128 {
    return this.code.vectors(0x6a, 1);
  }
  abs(_a: V128): V128 {
    return this.code.vectors(0xe0, 1);
  }
  neg(_a: V128): V128 {
    return this.code.vectors(0xe1, 1);
  }
  sqrt(_a: V128): V128 {
    return this.code.vectors(0xe3, 1);
  }
  add(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe4, 2);
  }
  sub(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe5, 2);
  }
  mul(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe6, 2);
  }
  div(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe7, 2);
  }
  /** NaN if one is. */
  min(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe8, 2);
  }
  /** NaN if one is. */
  max(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xe9, 2);
  }
  /** b < a ? b : a, one machine instruction: a if one is NaN. */
  pmin(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xea, 2);
  }
  /** a < b ? b : a, one machine instruction: a if one is NaN. */
  pmax(_a: V128, _b: V128): V128 {
    return this.code.vectors(0xeb, 2);
  }
  convertI32x4(_a: V128): V128 {
    return this.code.vectors(0xfa, 1);
  }
  /** a·b + c, with one rounding or two, as the machine likes. Needs relaxed SIMD. */
  relaxedMadd(_a: V128, _b: V128, _c: V128): V128 {
    return this.code.vectors(0x105, 3);
  }
}
