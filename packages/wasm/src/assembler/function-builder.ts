import { AssemblerError } from "./assembler-error.ts";
import { ByteWriter } from "./byte-writer.ts";
import { Code } from "./code.ts";
import { F32x4Instructions } from "./instructions/f32x4.ts";
import { F64x2Instructions } from "./instructions/f64x2.ts";
import { F32Instructions, F64Instructions } from "./instructions/floats.ts";
import { I32Instructions } from "./instructions/i32.ts";
import { I32x4Instructions } from "./instructions/i32x4.ts";
import { V128Instructions } from "./instructions/v128.ts";
import { type I32, type Local, type OnStack, typeCodes, type ValueType } from "./value-types.ts";

/** What can be called, and what it takes and gives. */
export interface FunctionType<P extends readonly ValueType[] = readonly ValueType[], R extends ValueType = ValueType> {
  readonly params: P;
  readonly result?: R;
}

export interface Callable<P extends readonly ValueType[] = readonly ValueType[], R extends ValueType = ValueType>
  extends FunctionType<P, R> {
  readonly name: string;
  readonly index: number;
}

/** Where a branch goes. */
export interface Label {
  readonly depth: number;
}

type Locals<P extends readonly ValueType[]> = { readonly [K in keyof P]: Local<P[K]> };
type Arguments<P extends readonly ValueType[]> = { readonly [K in keyof P]: OnStack<P[K]> };

/** The body of a function, written instruction by instruction. */
export class FunctionBuilder<P extends readonly ValueType[] = readonly ValueType[], R extends ValueType = ValueType>
  implements Callable<P, R>
{
  readonly name: string;
  readonly index: number;
  readonly params: P;
  readonly result?: R;
  /** The parameters as locals. */
  readonly args: Locals<P>;
  /** Pushes a local. */
  readonly get: Code["get"];
  /** Pops into a local. */
  readonly set: Code["set"];
  /** Writes what its argument writes at the start of the function, before all loops: constants, for instance. */
  readonly atEntry: Code["atEntry"];
  readonly i32: I32Instructions;
  readonly f32: F32Instructions;
  readonly f64: F64Instructions;
  readonly v128: V128Instructions;
  readonly f32x4: F32x4Instructions;
  readonly f64x2: F64x2Instructions;
  readonly i32x4: I32x4Instructions;
  private readonly code: Code;
  /** Neighbours of one type together, as the code section lists them. */
  private readonly locals: { readonly type: ValueType; count: number }[] = [];
  private localCount = 0;
  private depth = 0;

  constructor(name: string, index: number, type: FunctionType<P, R>) {
    this.name = name;
    this.index = index;
    this.params = type.params;
    if (type.result) this.result = type.result;
    // `map` gives an array where a tuple of the same length is meant.
    this.args = type.params.map((type, index) => ({ type, index })) as unknown as Locals<P>;
    this.code = new Code(name);
    this.get = this.code.get;
    this.set = this.code.set;
    this.atEntry = this.code.atEntry;
    this.i32 = new I32Instructions(this.code);
    this.f32 = new F32Instructions(this.code);
    this.f64 = new F64Instructions(this.code);
    this.v128 = new V128Instructions(this.code);
    this.f32x4 = new F32x4Instructions(this.code);
    this.f64x2 = new F64x2Instructions(this.code);
    this.i32x4 = new I32x4Instructions(this.code);
  }

  /** A new local, zero at the start of the function. */
  readonly local = <T extends ValueType>(type: T): Local<T> => {
    const last = this.locals.at(-1);
    if (last?.type === type) last.count++;
    else this.locals.push({ type, count: 1 });
    return { type, index: this.params.length + this.localCount++ };
  };

  /** So many new locals. */
  readonly localArray = <T extends ValueType>(type: T, count: number): Local<T>[] =>
    Array.from({ length: count }, () => this.local(type));

  /** Adds a number to an address or a counter. */
  readonly increment = (local: Local<"i32">, by: number): void => {
    if (by !== 0) this.set(local, this.i32.add(this.get(local), this.i32.const(by)));
  };

  /** `ifTrue` where the condition is not 0. All three are computed. */
  readonly select = <T extends ValueType>(ifTrue: Local<T>, ifFalse: Local<T>, condition: () => I32): OnStack<T> => {
    this.get(ifTrue);
    this.get(ifFalse);
    condition();
    this.code.take("i32");
    this.code.take(ifTrue.type);
    this.code.take(ifTrue.type);
    if (ifTrue.type === "v128") {
      this.code.plain(0x1c); // select with a stated type, which vectors need
      this.code.bytes.unsigned(1);
      this.code.bytes.byte(typeCodes.v128);
    } else this.code.plain(0x1b);
    return this.code.give(ifTrue.type);
  };

  private nest(opcode: number, body: (label: Label) => void): void {
    this.code.plain(opcode);
    this.code.bytes.byte(0x40);
    this.depth++;
    const label = { depth: this.depth };
    this.code.nested(() => body(label));
    this.depth--;
    this.code.plain(0x0b);
  }

  /** A branch to the label leaves the block. */
  readonly block = (body: (exit: Label) => void): void => this.nest(0x02, body);

  /** A branch to the label begins the block again; without one it runs once. */
  readonly loop = (body: (again: Label) => void): void => this.nest(0x03, body);

  readonly if = (_condition: I32, then: () => void, otherwise?: () => void): void => {
    this.code.take("i32");
    this.nest(0x04, () => {
      then();
      if (!otherwise) return;
      if (this.code.height !== 0) this.code.fail("the first branch of an if leaves values on the stack");
      this.code.plain(0x05);
      otherwise();
    });
  };

  private relative({ depth }: Label): number {
    if (depth > this.depth) this.code.fail("branches to a block that has ended");
    return this.depth - depth;
  }

  /** The last instruction of its block. */
  readonly branch = (label: Label): void => {
    this.code.plain(0x0c);
    this.code.bytes.unsigned(this.relative(label));
  };

  readonly branchIf = (label: Label, _condition: I32): void => {
    this.code.take("i32");
    this.code.plain(0x0d);
    this.code.bytes.unsigned(this.relative(label));
  };

  /** `body` so many times. */
  readonly repeat = (times: number, body: () => void): void => {
    if (times === 1) body();
    if (times < 2) return;
    const left = this.local("i32");
    this.set(left, this.i32.const(times));
    this.countDown(left, body);
  };

  /** `body` as often as a local says, once at least. The local is 0 afterwards. */
  readonly countDown = (left: Local<"i32">, body: () => void): void =>
    this.loop((again) => {
      body();
      this.increment(left, -1);
      this.branchIf(again, this.get(left));
    });

  /** `body` as long as one local is below another, compared without signs. Tested at the top: V8 of Node 20 makes worse code of the other form. */
  readonly whileBelow = (at: Local<"i32">, end: Local<"i32">, body: () => void): void =>
    this.block((exit) => {
      this.loop((again) => {
        this.branchIf(exit, this.i32.geU(this.get(at), this.get(end)));
        body();
        this.branch(again);
      });
    });

  readonly call = <Q extends readonly ValueType[], S extends ValueType>(
    target: Callable<Q, S>,
    ..._values: Arguments<Q>
  ): OnStack<S> => {
    for (let i = target.params.length - 1; i >= 0; i--) this.code.take(target.params[i]!);
    this.code.plain(0x10);
    this.code.bytes.unsigned(target.index);
    // A function without a result leaves nothing: its caller's types have no use for the token.
    return target.result ? this.code.give(target.result) : (undefined as unknown as OnStack<S>);
  };

  /** Sets `bytes` bytes from an address to a byte's value. */
  readonly memoryFill = (_address: I32, _value: I32, _bytes: I32): void => {
    for (let i = 0; i < 3; i++) this.code.take("i32");
    this.code.bulk(11);
    this.code.bytes.byte(0);
  };

  readonly memoryCopy = (_to: I32, _from: I32, _bytes: I32): void => {
    for (let i = 0; i < 3; i++) this.code.take("i32");
    this.code.bulk(10);
    this.code.bytes.byte(0);
    this.code.bytes.byte(0);
  };

  /** Whether nothing was written yet. */
  get isEmpty(): boolean {
    return this.code.bytes.length === 0;
  }

  /** The function as the code section wants it. */
  encode(): Uint8Array {
    if (this.depth !== 0) throw new AssemblerError(`${this.name}: a block is still open.`);
    if (this.result) this.code.take(this.result);
    if (this.code.height !== 0) this.code.fail("values are left on the stack at the end");
    const writer = new ByteWriter();
    writer.unsigned(this.locals.length);
    for (const { type, count } of this.locals) {
      writer.unsigned(count);
      writer.byte(typeCodes[type]);
    }
    writer.append(this.code.entry.view());
    writer.append(this.code.bytes.view());
    writer.byte(0x0b);
    return writer.view();
  }
}
