import type { Code } from "../code.ts";
import type { F32, F64, I32, OnStack, V128 } from "../value-types.ts";

/** Opcodes of the instructions that f32 and f64 both have. */
interface FloatOpcodes {
  readonly constant: number;
  readonly load: number;
  readonly store: number;
  readonly alignLog2: number;
  /** Comparisons follow in the order eq, ne, lt, gt, le, ge. */
  readonly eq: number;
  /** Unary and binary arithmetic follows in the order abs, neg, ceil, floor, trunc, nearest, sqrt, add, sub, mul, div, min, max. */
  readonly abs: number;
}

class FloatInstructions<T extends "f32" | "f64"> {
  protected readonly code: Code;
  private readonly type: T;
  private readonly opcodes: FloatOpcodes;

  constructor(code: Code, type: T, opcodes: FloatOpcodes) {
    this.code = code;
    this.type = type;
    this.opcodes = opcodes;
  }

  private unary(index: number): OnStack<T> {
    return this.code.numbers(this.opcodes.abs + index, 1, this.type, this.type);
  }
  private binary(index: number): OnStack<T> {
    return this.code.numbers(this.opcodes.abs + index, 2, this.type, this.type);
  }
  private compare(index: number): I32 {
    return this.code.numbers(this.opcodes.eq + index, 2, this.type, "i32");
  }

  const(value: number): OnStack<T> {
    this.code.plain(this.opcodes.constant);
    if (this.type === "f32") this.code.bytes.float32(value);
    else this.code.bytes.float64(value);
    return this.code.give(this.type);
  }
  abs(_a: OnStack<T>): OnStack<T> {
    return this.unary(0);
  }
  neg(_a: OnStack<T>): OnStack<T> {
    return this.unary(1);
  }
  ceil(_a: OnStack<T>): OnStack<T> {
    return this.unary(2);
  }
  floor(_a: OnStack<T>): OnStack<T> {
    return this.unary(3);
  }
  trunc(_a: OnStack<T>): OnStack<T> {
    return this.unary(4);
  }
  /** Halves to even. */
  nearest(_a: OnStack<T>): OnStack<T> {
    return this.unary(5);
  }
  sqrt(_a: OnStack<T>): OnStack<T> {
    return this.unary(6);
  }
  add(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(7);
  }
  sub(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(8);
  }
  mul(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(9);
  }
  div(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(10);
  }
  min(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(11);
  }
  max(_a: OnStack<T>, _b: OnStack<T>): OnStack<T> {
    return this.binary(12);
  }
  eq(_a: OnStack<T>, _b: OnStack<T>): I32 {
    return this.compare(0);
  }
  lt(_a: OnStack<T>, _b: OnStack<T>): I32 {
    return this.compare(2);
  }
  gt(_a: OnStack<T>, _b: OnStack<T>): I32 {
    return this.compare(3);
  }
  le(_a: OnStack<T>, _b: OnStack<T>): I32 {
    return this.compare(4);
  }
  load(_address: I32, offset = 0): OnStack<T> {
    return this.code.load(this.opcodes.load, offset, this.opcodes.alignLog2, this.type);
  }
  store(_address: I32, _value: OnStack<T>, offset = 0): void {
    this.code.store(this.opcodes.store, offset, this.opcodes.alignLog2, this.type);
  }
}

export class F32Instructions extends FloatInstructions<"f32"> {
  constructor(code: Code) {
    super(code, "f32", { constant: 0x43, load: 0x2a, store: 0x38, alignLog2: 2, eq: 0x5b, abs: 0x8b });
  }
  /** The nearest float32. */
  demote(_a: F64): F32 {
    return this.code.numbers(0xb6, 1, "f64", "f32");
  }
  convertI32(_a: I32): F32 {
    return this.code.numbers(0xb2, 1, "i32", "f32");
  }
  /** Lane `lane` of four floats. */
  extractLane(_vector: V128, lane: number): F32 {
    this.code.take("v128");
    this.code.simd(0x1f);
    this.code.bytes.byte(lane);
    return this.code.give("f32");
  }
}

export class F64Instructions extends FloatInstructions<"f64"> {
  constructor(code: Code) {
    super(code, "f64", { constant: 0x44, load: 0x2b, store: 0x39, alignLog2: 3, eq: 0x61, abs: 0x99 });
  }
  promote(_a: F32): F64 {
    return this.code.numbers(0xbb, 1, "f32", "f64");
  }
  convertI32(_a: I32): F64 {
    return this.code.numbers(0xb7, 1, "i32", "f64");
  }
}
