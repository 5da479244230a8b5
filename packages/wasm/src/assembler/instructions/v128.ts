import type { Code } from "../code.ts";
import type { I32, V128 } from "../value-types.ts";

const zeros = new Uint8Array(16);

/** The numbers of a lane's four bytes, as the four bytes of one number, and what takes it to the next lane. */
const [bytesOfLane0, nextLane] = [0x03020100, 0x04040404];

/** Instructions on 128 bits, whatever they mean. */
export class V128Instructions {
  private readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  /** Sixteen bytes. */
  const(bytes: ArrayLike<number>): V128 {
    this.code.simd(0x0c);
    this.code.bytes.append(bytes);
    return this.code.give("v128");
  }
  zero(): V128 {
    return this.const(zeros);
  }
  not(_a: V128): V128 {
    return this.code.vectors(0x4d, 1);
  }
  and(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x4e, 2);
  }
  /** The bits of a that b has not. */
  andNot(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x4f, 2);
  }
  or(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x50, 2);
  }
  xor(_a: V128, _b: V128): V128 {
    return this.code.vectors(0x51, 2);
  }
  /** The bits of a where the mask has ones, else those of b. */
  bitSelect(_a: V128, _b: V128, _mask: V128): V128 {
    return this.code.vectors(0x52, 3);
  }
  /** Lanes of 32 bits, 0 to 3 from a, 4 to 7 from b. */
  shuffle(_a: V128, _b: V128, lanes: readonly [number, number, number, number]): V128 {
    const shuffled = this.code.vectors(0x0d, 2);
    for (const lane of lanes) this.code.bytes.uint32(bytesOfLane0 + lane * nextLane);
    return shuffled;
  }
  anyTrue(_a: V128): I32 {
    this.code.take("v128");
    this.code.simd(0x53);
    return this.code.give("i32");
  }

  private loadWith(opcode: number, offset: number, alignLog2: number): V128 {
    this.code.take("i32");
    this.code.simd(opcode);
    this.code.memoryArgument(offset, alignLog2);
    return this.code.give("v128");
  }
  load(_address: I32, offset = 0): V128 {
    return this.loadWith(0x00, offset, 2);
  }
  /** One value of 32 bits in all four lanes. */
  load32Splat(_address: I32, offset = 0): V128 {
    return this.loadWith(0x09, offset, 2);
  }
  /** One value of 32 bits, then zeros. */
  load32Zero(_address: I32, offset = 0): V128 {
    return this.loadWith(0x5c, offset, 2);
  }
  /** Replaces one lane of 32 bits. */
  load32Lane(_address: I32, _vector: V128, offset: number, lane: number): V128 {
    this.code.take("v128");
    this.code.take("i32");
    this.code.simd(0x56);
    this.code.memoryArgument(offset, 2);
    this.code.bytes.byte(lane);
    return this.code.give("v128");
  }
  store(_address: I32, _value: V128, offset = 0): void {
    this.code.take("v128");
    this.code.take("i32");
    this.code.simd(0x0b);
    this.code.memoryArgument(offset, 2);
  }
  private storeLane(opcode: number, offset: number, alignLog2: number, lane: number): void {
    this.code.take("v128");
    this.code.take("i32");
    this.code.simd(opcode);
    this.code.memoryArgument(offset, alignLog2);
    this.code.bytes.byte(lane);
  }
  store32Lane(_address: I32, _value: V128, offset: number, lane: number): void {
    this.storeLane(0x5a, offset, 2, lane);
  }
  store64Lane(_address: I32, _value: V128, offset: number, lane: number): void {
    this.storeLane(0x5b, offset, 2, lane);
  }
}
