import { AssemblerError } from "./assembler-error.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Local, OnStack, ValueType } from "./value-types.ts";

const simdPrefix = 0xfd;
const bulkPrefix = 0xfc;

/** Stands for every value on the stack; TypeScript alone tells them apart. */
const onStack = Object.freeze({});

/** The instructions of one function, and what they leave on the stack, checked as they are written. */
export class Code {
  bytes = new ByteWriter();
  /** What runs before all else. */
  readonly entry = new ByteWriter();
  /** Types of the values on the stack, of which there are `top`. */
  private readonly stack: ValueType[] = [];
  private top = 0;
  private readonly who: string;
  /** How much of the stack belongs to the blocks around the current one. */
  private floor = 0;

  constructor(who: string) {
    this.who = who;
  }

  give<T extends ValueType>(type: T): OnStack<T> {
    this.stack[this.top++] = type;
    // A value has no content: the type is what the caller pushed.
    return onStack as OnStack<T>;
  }

  take(type: ValueType): void {
    if (this.top === this.floor) this.fail(`needs a ${type}, but the stack is empty`);
    const found = this.stack[--this.top];
    if (found !== type) this.fail(`needs a ${type}, but the stack has a ${found}`);
  }

  /** Takes values of one type and gives one. */
  private replace(operands: number, type: ValueType, result: ValueType): void {
    const { stack, top } = this;
    const first = top - operands;
    for (let i = first; i < top; i++) {
      if (i >= this.floor && stack[i] === type) continue;
      for (let left = operands; left > 0; left--) this.take(type); // says what is wrong
    }
    stack[first] = result;
    this.top = first + 1;
  }

  // Half of all instructions are `get` and `set`. They write their two bytes themselves: what they would call for that gets so hot that V8 optimises it
  // while a first program is compiled, which takes longer than it saves there (a tenth of the compilation, where there is one core).

  /** Pushes a local. */
  readonly get = <T extends ValueType>(local: Local<T>): OnStack<T> => {
    const { bytes } = this;
    const { length } = bytes;
    if (local.index < 0x80 && length + 2 <= bytes.bytes.length) {
      bytes.bytes[length] = 0x20;
      bytes.bytes[length + 1] = local.index;
      bytes.length = length + 2;
    } else bytes.instruction(0x20, local.index);
    this.stack[this.top++] = local.type;
    return onStack as OnStack<T>; // as in give
  };

  /** Pops into a local. */
  readonly set = <T extends ValueType>(local: Local<T>, _value: OnStack<T>): void => {
    if (this.top > this.floor && this.stack[this.top - 1] === local.type) this.top--;
    else this.take(local.type); // says what is wrong
    const { bytes } = this;
    const { length } = bytes;
    if (local.index < 0x80 && length + 2 <= bytes.bytes.length) {
      bytes.bytes[length] = 0x21;
      bytes.bytes[length + 1] = local.index;
      bytes.length = length + 2;
    } else bytes.instruction(0x21, local.index);
  };

  /** Whether the current block has values left on the stack. */
  get height(): number {
    return this.top - this.floor;
  }

  /** Runs `body` as a block that leaves nothing on the stack. */
  nested(body: () => void): void {
    const { floor } = this;
    this.floor = this.top;
    body();
    const left = this.stack.slice(this.floor, this.top);
    if (left.length > 0) this.fail(`a block leaves ${left.join(", ")} on the stack`);
    this.floor = floor;
  }

  /** Writes what `body` writes at the start of the function instead of here. */
  readonly atEntry = (body: () => void): void => {
    const { bytes } = this;
    this.bytes = this.entry;
    this.nested(body);
    this.bytes = bytes;
  };

  plain(opcode: number): void {
    this.bytes.byte(opcode);
  }

  simd(opcode: number): void {
    this.bytes.instruction(simdPrefix, opcode);
  }

  bulk(opcode: number): void {
    this.bytes.instruction(bulkPrefix, opcode);
  }

  /** An instruction that takes numbers of one type and gives one. */
  numbers<T extends ValueType>(opcode: number, operands: number, type: ValueType, result: T): OnStack<T> {
    this.replace(operands, type, result);
    this.bytes.byte(opcode);
    return onStack as OnStack<T>; // as in give
  }

  /** An instruction that takes vectors and gives one. */
  vectors(opcode: number, operands: number): OnStack<"v128"> {
    this.replace(operands, "v128", "v128");
    this.bytes.instruction(simdPrefix, opcode);
    return onStack as OnStack<"v128">; // as in give
  }

  load<T extends ValueType>(opcode: number, offset: number, alignLog2: number, result: T): OnStack<T> {
    this.replace(1, "i32", result);
    this.bytes.byte(opcode);
    this.memoryArgument(offset, alignLog2);
    return onStack as OnStack<T>; // as in give
  }

  store(opcode: number, offset: number, alignLog2: number, type: ValueType): void {
    this.take(type);
    this.take("i32");
    this.bytes.byte(opcode);
    this.memoryArgument(offset, alignLog2);
  }

  /** An address is taken `align` bytes aligned at best (a hint), `offset` bytes on. */
  memoryArgument(offset: number, alignLog2: number): void {
    if (!Number.isInteger(offset) || offset < 0 || offset >= 2 ** 32) this.fail(`no memory offset: ${offset}`);
    this.bytes.instruction(alignLog2, offset);
  }

  fail(what: string): never {
    throw new AssemblerError(`${this.who}, byte ${this.bytes.length}: ${what}.`);
  }
}
