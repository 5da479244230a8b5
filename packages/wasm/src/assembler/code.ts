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
  private readonly stack: ValueType[] = [];
  private readonly who: string;
  /** How much of the stack belongs to the blocks around the current one. */
  private floor = 0;

  constructor(who: string) {
    this.who = who;
  }

  give<T extends ValueType>(type: T): OnStack<T> {
    this.stack.push(type);
    // A value has no content: the type is what the caller pushed.
    return onStack as OnStack<T>;
  }

  /** Pushes a local. */
  get<T extends ValueType>(local: Local<T>): OnStack<T> {
    this.bytes.instruction(0x20, local.index);
    return this.give(local.type);
  }

  /** Pops into a local. */
  set(local: Local): void {
    this.take(local.type);
    this.bytes.instruction(0x21, local.index);
  }

  take(type: ValueType): void {
    if (this.stack.length === this.floor) this.fail(`needs a ${type}, but the stack is empty`);
    const found = this.stack.pop();
    if (found !== type) this.fail(`needs a ${type}, but the stack has a ${found}`);
  }

  /** Whether the current block has values left on the stack. */
  get height(): number {
    return this.stack.length - this.floor;
  }

  /** Runs `body` as a block that leaves nothing on the stack. */
  nested(body: () => void): void {
    const { floor } = this;
    this.floor = this.stack.length;
    body();
    if (this.height !== 0) this.fail(`a block leaves ${this.stack.slice(this.floor).join(", ")} on the stack`);
    this.floor = floor;
  }

  /** Writes what `body` writes at the start of the function instead of here. */
  atEntry(body: () => void): void {
    const { bytes } = this;
    this.bytes = this.entry;
    this.nested(body);
    this.bytes = bytes;
  }

  plain(opcode: number): void {
    this.bytes.byte(opcode);
  }

  simd(opcode: number): void {
    this.bytes.instruction(simdPrefix, opcode);
  }

  bulk(opcode: number): void {
    this.bytes.instruction(bulkPrefix, opcode);
  }

  /** An instruction that takes vectors and gives one. */
  vectors(opcode: number, operands: number): OnStack<"v128"> {
    const { stack } = this;
    for (let i = 1; i <= operands; i++) {
      if (stack[stack.length - i] !== "v128" || stack.length - i < this.floor) this.take("v128"); // says what is wrong
    }
    // The first operand's place becomes the result's.
    for (let i = 1; i < operands; i++) stack.pop();
    this.bytes.instruction(simdPrefix, opcode);
    return onStack as OnStack<"v128">; // as in give
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
