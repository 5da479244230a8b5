import { AssemblerError } from "../assembler/assembler-error.ts";
import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local, V128 } from "../assembler/value-types.ts";
import type { KernelContext } from "../kernels/kernel-context.ts";
import { foldedPair } from "./constant.ts";
import type { Lanes, Vector } from "./lanes.ts";
import { erf } from "./math/erf.ts";
import { exp, expm1 } from "./math/exp.ts";
import { floorDivide } from "./math/floor-divide.ts";
import { log, log1p } from "./math/log.ts";
import { pow } from "./math/pow.ts";
import { tanh } from "./math/tanh.ts";
import { cos, sin } from "./math/trigonometry.ts";

/** Where constants are made: in place, loaded from memory in place, or made once at the start of the function. */
export type ConstantPolicy = "splat" | "memory" | "entry";

/**
 * The scalar algebra, instantiated as code for four elements at a time: each operation writes its instructions into a function, and
 * returns the local that holds the result. Integers stay integers as long as only integers meet; in other company they become floats,
 * and so do masks (1 and 0).
 */
export class SimdAlgebra {
  readonly context: KernelContext;
  readonly f: FunctionBuilder;
  private readonly constants: ConstantPolicy;
  private readonly elementIndex: (() => V128) | undefined;
  private readonly atEntry = new Map<string, Local<"v128">>();

  /** @param elementIndex pushes the row-major indices of the four elements. */
  constructor(context: KernelContext, f: FunctionBuilder, constants: ConstantPolicy, elementIndex?: () => V128) {
    this.context = context;
    this.f = f;
    this.constants = constants;
    this.elementIndex = elementIndex;
  }

  /** Keeps what is on the stack. */
  keep(kind: Vector["kind"], value: V128): Vector {
    const local = this.f.local("v128");
    this.f.set(local, value);
    return { kind, local };
  }

  /** Pushes floats. */
  floats(x: Lanes): V128 {
    const { f32x4, v128, get } = this.f;
    if (x.kind === "constant") return this.constant(x.value, "f32");
    if (x.kind === "i32") return f32x4.convertI32x4(get(x.local));
    return x.kind === "mask" ? v128.and(get(x.local), this.constant(1, "f32")) : get(x.local);
  }

  /** Pushes integers; floats are cut to their whole part. */
  integers(x: Lanes): V128 {
    const { i32x4, v128, get } = this.f;
    if (x.kind === "constant") return this.constant(x.value, "i32");
    if (x.kind === "f32") return i32x4.truncSatF32x4(get(x.local));
    return x.kind === "mask" ? v128.and(get(x.local), this.constant(1, "i32")) : get(x.local);
  }

  /** Pushes a mask: all bits where the value is not 0. */
  mask(x: Lanes): V128 {
    const { f32x4, i32x4, v128, get } = this.f;
    if (x.kind === "constant") return i32x4.const(x.value === 0 ? 0 : -1);
    if (x.kind === "mask") return get(x.local);
    return x.kind === "f32" ? f32x4.ne(get(x.local), v128.zero()) : i32x4.ne(get(x.local), v128.zero());
  }

  /** The value as a tensor of that type holds it: what an op gives must pass through here before another op takes it. */
  as(kind: Vector["kind"], x: Lanes): Lanes {
    if (x.kind === "constant") {
      return this.c(kind === "f32" ? Math.fround(x.value) : kind === "i32" ? x.value | 0 : x.value === 0 ? 0 : 1);
    }
    if (x.kind === kind) return { kind, local: x.local };
    return this.keep(kind, kind === "f32" ? this.floats(x) : kind === "i32" ? this.integers(x) : this.mask(x));
  }

  private constant(value: number, kind: "f32" | "i32"): V128 {
    const { f, context } = this;
    const make = () => (kind === "f32" ? f.f32x4.splat(f.f32.const(value)) : f.i32x4.const(value | 0));
    if (value === 0 && !Object.is(value, -0)) return f.v128.zero();
    if (this.constants === "splat" || (kind === "i32" && this.constants === "memory")) return make();
    const load = () => f.v128.load32Splat(f.i32.const(0), context.constant(value));
    if (this.constants === "memory") return load();
    const key = `${kind} ${Object.is(value, -0) ? "-0" : value}`;
    let local = this.atEntry.get(key);
    if (!local) {
      const made = f.local("v128");
      f.atEntry(() => f.set(made, kind === "f32" ? load() : make()));
      this.atEntry.set(key, made);
      local = made;
    }
    return f.get(local);
  }

  /**
   * For long computations: a call of a function that the module has once, instead of code in place. The name tells such functions apart.
   * Operands and result are floats, or integers.
   */
  outOfLine(
    name: string,
    kind: "f32" | "i32",
    x: readonly Lanes[],
    write: (k: SimdAlgebra, ...x: Lanes[]) => Lanes,
  ): Lanes {
    const push = (k: SimdAlgebra, value: Lanes) => (kind === "f32" ? k.floats(value) : k.integers(value));
    const { context } = this;
    const target = context.function(name, () => {
      const f = context.module.function(name, { params: x.map(() => "v128" as const), result: "v128" });
      const k = new SimdAlgebra(context, f, "splat");
      push(k, write(k, ...f.args.map((local) => ({ kind, local }))));
      return f;
    });
    return this.keep(kind, this.f.call(target, ...x.map((value) => push(this, value))));
  }

  c(value: number): Lanes {
    return { kind: "constant", value };
  }

  /**
   * Whether the operands meet as integers: one is, and so are the others, or are masks or whole constants. Constants that float32 cannot
   * hold are counted among integers.
   */
  whole(...x: Lanes[]): boolean {
    for (const { kind } of x) if (kind === "f32") return false; // nearly always, so it is asked first
    const isWhole = (v: Lanes) => (v.kind === "constant" ? v.value === (v.value | 0) : v.kind !== "f32");
    const isInteger = (v: Lanes) => v.kind === "i32" || (v.kind === "constant" && v.value !== Math.fround(v.value));
    return x.some(isInteger) && x.every(isWhole);
  }

  private arithmetic(op: "add" | "sub" | "mul", a: Lanes, b: Lanes): Lanes {
    if (this.whole(a, b)) return this.keep("i32", this.f.i32x4[op](this.integers(a), this.integers(b)));
    return this.keep("f32", this.f.f32x4[op](this.floats(a), this.floats(b)));
  }
  add(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => x + y) ?? this.arithmetic("add", a, b);
  }
  sub(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => x - y) ?? this.arithmetic("sub", a, b);
  }
  mul(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => x * y) ?? this.arithmetic("mul", a, b);
  }
  /** a·b + c of floats, with one rounding where the engine has such an instruction. For the polynomials of this library, not an op's meaning. */
  madd(a: Lanes, b: Lanes, c: Lanes): Lanes {
    if (!this.context.engine.relaxedMadd) return this.add(this.mul(a, b), c);
    return this.keep("f32", this.f.f32x4.relaxedMadd(this.floats(a), this.floats(b), this.floats(c)));
  }
  div(a: Lanes, b: Lanes): Lanes {
    const folded = foldedPair(a, b, (x, y) => x / y);
    if (folded) return folded;
    const quotient = this.keep("f32", this.f.f32x4.div(this.floats(a), this.floats(b)));
    return this.whole(a, b) ? { ...quotient, quotientOf: [a, b] } : quotient;
  }
  neg(a: Lanes): Lanes {
    if (a.kind === "constant") return this.c(-a.value);
    if (a.kind === "i32") return this.keep("i32", this.f.i32x4.neg(this.integers(a)));
    return this.keep("f32", this.f.f32x4.neg(this.floats(a)));
  }
  abs(a: Lanes): Lanes {
    if (a.kind === "constant") return this.c(Math.abs(a.value));
    if (a.kind === "i32") return this.keep("i32", this.f.i32x4.abs(this.integers(a)));
    return this.keep("f32", this.f.f32x4.abs(this.floats(a)));
  }
  /** Of 0 and -0 with a constant: the one that is not constant. */
  min(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, Math.min) ?? this.extreme("min", a, b);
  }
  /** Of 0 and -0 with a constant: the one that is not constant. */
  max(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, Math.max) ?? this.extreme("max", a, b);
  }
  private extreme(op: "min" | "max", a: Lanes, b: Lanes): Lanes {
    if (a.kind === "constant") return this.extreme(op, b, a);
    if (b.kind === "constant" && b.value === (op === "min" ? Infinity : -Infinity)) return a;
    const { f32x4, i32x4 } = this.f;
    if (this.whole(a, b)) return this.keep("i32", i32x4[op](this.integers(a), this.integers(b)));
    // pmin is one instruction where min is five, and keeps a NaN of its first operand.
    if (b.kind !== "constant" || Number.isNaN(b.value))
      return this.keep("f32", f32x4[op](this.floats(a), this.floats(b)));
    return this.keep("f32", f32x4[op === "min" ? "pmin" : "pmax"](this.floats(a), this.floats(b)));
  }
  /** The floor of a quotient of integers is exact, as remainders need it. */
  floor(a: Lanes): Lanes {
    if (a.kind === "f32" && a.quotientOf) return floorDivide(this, ...a.quotientOf);
    return this.roundTo("floor", a);
  }
  ceil(a: Lanes): Lanes {
    return this.roundTo("ceil", a);
  }
  trunc(a: Lanes): Lanes {
    return this.roundTo("trunc", a);
  }
  round(a: Lanes): Lanes {
    return this.roundTo("nearest", a);
  }
  private roundTo(op: "floor" | "ceil" | "trunc" | "nearest", a: Lanes): Lanes {
    return a.kind === "i32" || a.kind === "mask" ? a : this.keep("f32", this.f.f32x4[op](this.floats(a)));
  }
  sqrt(a: Lanes): Lanes {
    if (a.kind === "constant") return this.c(Math.sqrt(a.value));
    return this.keep("f32", this.f.f32x4.sqrt(this.floats(a)));
  }
  exp = (a: Lanes): Lanes => exp(this, a);
  expm1 = (a: Lanes): Lanes => expm1(this, a);
  log = (a: Lanes): Lanes => log(this, a);
  log1p = (a: Lanes): Lanes => log1p(this, a);
  sin = (a: Lanes): Lanes => sin(this, a);
  cos = (a: Lanes): Lanes => cos(this, a);
  tanh = (a: Lanes): Lanes => tanh(this, a);
  erf = (a: Lanes): Lanes => erf(this, a);
  pow = (a: Lanes, b: Lanes): Lanes => pow(this, a, b);

  private compare(op: "lt" | "le" | "eq", a: Lanes, b: Lanes): Lanes {
    if (this.whole(a, b)) return this.keep("mask", this.f.i32x4[op](this.integers(a), this.integers(b)));
    return this.keep("mask", this.f.f32x4[op](this.floats(a), this.floats(b)));
  }
  /** Comparisons of integers with floats compare floats: beyond 2^24 neighbouring integers are the same to them. */
  lt(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => +(x < y)) ?? this.compare("lt", a, b);
  }
  le(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => +(x <= y)) ?? this.compare("le", a, b);
  }
  eq(a: Lanes, b: Lanes): Lanes {
    return foldedPair(a, b, (x, y) => +(x === y)) ?? this.compare("eq", a, b);
  }
  and(a: Lanes, b: Lanes): Lanes {
    return this.keep("mask", this.f.v128.and(this.mask(a), this.mask(b)));
  }
  or(a: Lanes, b: Lanes): Lanes {
    return this.keep("mask", this.f.v128.or(this.mask(a), this.mask(b)));
  }
  not(a: Lanes): Lanes {
    return this.keep("mask", this.f.v128.not(this.mask(a)));
  }
  select(mask: Lanes, ifTrue: Lanes, ifFalse: Lanes): Lanes {
    if (mask.kind === "constant") return mask.value === 0 ? ifFalse : ifTrue;
    const { v128 } = this.f;
    const masks = ifTrue.kind === "mask" && ifFalse.kind === "mask";
    const kind = masks ? "mask" : this.whole(ifTrue, ifFalse) ? "i32" : "f32";
    const push = (x: Lanes) => (masks ? this.mask(x) : kind === "i32" ? this.integers(x) : this.floats(x));
    if (isZero(ifFalse)) return this.keep(kind, v128.and(push(ifTrue), this.mask(mask)));
    if (isZero(ifTrue)) return this.keep(kind, v128.andNot(push(ifFalse), this.mask(mask)));
    return this.keep(kind, v128.bitSelect(push(ifTrue), push(ifFalse), this.mask(mask)));
  }

  index(): Lanes {
    if (!this.elementIndex) throw new AssemblerError(`${this.f.name}: elements have no index here.`);
    return this.keep("i32", this.elementIndex());
  }
  iadd(a: Lanes, b: Lanes): Lanes {
    return this.keep("i32", this.f.i32x4.add(this.integers(a), this.integers(b)));
  }
  ixor(a: Lanes, b: Lanes): Lanes {
    return this.keep("i32", this.f.v128.xor(this.integers(a), this.integers(b)));
  }
  irotl(a: Lanes, bits: number): Lanes {
    const { i32x4, i32, v128 } = this.f;
    return this.keep(
      "i32",
      v128.or(i32x4.shl(this.integers(a), i32.const(bits)), i32x4.shrU(this.integers(a), i32.const(32 - bits))),
    );
  }
  ishr(a: Lanes, bits: number): Lanes {
    return this.keep("i32", this.f.i32x4.shrU(this.integers(a), this.f.i32.const(bits)));
  }
}

const isZero = (x: Lanes): boolean => x.kind === "constant" && Object.is(x.value, 0);
