import { AssemblerError } from "../assembler/assembler-error.ts";
import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { F64, I32, Local } from "../assembler/value-types.ts";
import type { HostImports, KernelContext } from "../kernels/kernel-context.ts";
import { type Constant, foldedPair } from "./constant.ts";

/** A value of the scalar algebra: a number, an integer (masks are 0 and 1), or known when the code is written. */
export type Scalar =
  | { readonly kind: "f64"; readonly local: Local<"f64"> }
  | { readonly kind: "i32"; readonly local: Local<"i32"> }
  | Constant;

type FunctionOfOne = {
  [K in keyof HostImports]: HostImports[K] extends { params: readonly ["f64"] } ? K : never;
}[keyof HostImports];

/**
 * The scalar algebra, instantiated as code for one element in float64, for values that a program has one of: learning rates, counters of
 * steps, keys of random numbers. Results are those of JavaScript's numbers, bit by bit: what WebAssembly lacks, JavaScript computes.
 */
export class ScalarAlgebra {
  readonly context: KernelContext;
  readonly f: FunctionBuilder;
  private readonly elementIndex: (() => I32) | undefined;

  /** @param elementIndex pushes the row-major index of the element. */
  constructor(context: KernelContext, f: FunctionBuilder, elementIndex?: () => I32) {
    this.context = context;
    this.f = f;
    this.elementIndex = elementIndex;
  }

  /** Keeps the number on the stack. */
  keepFloat(value: F64): Scalar {
    const local = this.f.local("f64");
    this.f.set(local, value);
    return { kind: "f64", local };
  }

  /** Keeps the integer on the stack. */
  keepInteger(value: I32): Scalar {
    const local = this.f.local("i32");
    this.f.set(local, value);
    return { kind: "i32", local };
  }

  /** Pushes a number. */
  float(x: Scalar): F64 {
    const { f64, get } = this.f;
    if (x.kind === "constant") return f64.const(x.value);
    return x.kind === "i32" ? f64.convertI32(get(x.local)) : get(x.local);
  }

  /** Pushes what an Int32Array would store: the whole part modulo 2³², 0 for NaN and infinities. */
  integer(x: Scalar): I32 {
    const { i32, f64, get } = this.f;
    if (x.kind === "constant") return i32.const(x.value | 0);
    if (x.kind === "i32") return get(x.local);
    const zero = this.f.local("f64");
    return i32.wrapF64(this.f.select(x.local, zero, () => f64.lt(f64.abs(get(x.local)), f64.const(2 ** 63))));
  }

  /** Pushes 0 if the value is 0, else 1: for NaN too. */
  truth(x: Scalar): I32 {
    const { i32, f64, get } = this.f;
    if (x.kind === "constant") return i32.const(x.value === 0 ? 0 : 1);
    if (x.kind === "i32") return i32.ne(get(x.local), i32.const(0));
    return i32.eqz(f64.eq(get(x.local), f64.const(0)));
  }

  c(value: number): Scalar {
    return { kind: "constant", value };
  }

  add(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => x + y) ?? this.keepFloat(this.f.f64.add(this.float(a), this.float(b)));
  }
  sub(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => x - y) ?? this.keepFloat(this.f.f64.sub(this.float(a), this.float(b)));
  }
  mul(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => x * y) ?? this.keepFloat(this.f.f64.mul(this.float(a), this.float(b)));
  }
  div(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => x / y) ?? this.keepFloat(this.f.f64.div(this.float(a), this.float(b)));
  }
  min(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, Math.min) ?? this.keepFloat(this.f.f64.min(this.float(a), this.float(b)));
  }
  max(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, Math.max) ?? this.keepFloat(this.f.f64.max(this.float(a), this.float(b)));
  }
  neg(a: Scalar): Scalar {
    return a.kind === "constant" ? this.c(-a.value) : this.keepFloat(this.f.f64.neg(this.float(a)));
  }
  abs = (a: Scalar): Scalar => this.keepFloat(this.f.f64.abs(this.float(a)));
  floor = (a: Scalar): Scalar => this.keepFloat(this.f.f64.floor(this.float(a)));
  ceil = (a: Scalar): Scalar => this.keepFloat(this.f.f64.ceil(this.float(a)));
  trunc = (a: Scalar): Scalar => this.keepFloat(this.f.f64.trunc(this.float(a)));
  round = (a: Scalar): Scalar => this.keepFloat(this.f.f64.nearest(this.float(a)));
  sqrt = (a: Scalar): Scalar => this.keepFloat(this.f.f64.sqrt(this.float(a)));

  private ofHost(name: FunctionOfOne, a: Scalar): Scalar {
    return this.keepFloat(this.f.call(this.context.module.imports[name], this.float(a)));
  }
  exp = (a: Scalar): Scalar => this.ofHost("exp", a);
  expm1 = (a: Scalar): Scalar => this.ofHost("expm1", a);
  log = (a: Scalar): Scalar => this.ofHost("log", a);
  log1p = (a: Scalar): Scalar => this.ofHost("log1p", a);
  sin = (a: Scalar): Scalar => this.ofHost("sin", a);
  cos = (a: Scalar): Scalar => this.ofHost("cos", a);
  tanh = (a: Scalar): Scalar => this.ofHost("tanh", a);
  erf = (a: Scalar): Scalar => this.ofHost("erf", a);
  pow(a: Scalar, b: Scalar): Scalar {
    return this.keepFloat(this.f.call(this.context.module.imports.pow, this.float(a), this.float(b)));
  }

  lt(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => +(x < y)) ?? this.keepInteger(this.f.f64.lt(this.float(a), this.float(b)));
  }
  le(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => +(x <= y)) ?? this.keepInteger(this.f.f64.le(this.float(a), this.float(b)));
  }
  eq(a: Scalar, b: Scalar): Scalar {
    return foldedPair(a, b, (x, y) => +(x === y)) ?? this.keepInteger(this.f.f64.eq(this.float(a), this.float(b)));
  }
  and(a: Scalar, b: Scalar): Scalar {
    return this.keepInteger(this.f.i32.and(this.truth(a), this.truth(b)));
  }
  or(a: Scalar, b: Scalar): Scalar {
    return this.keepInteger(this.f.i32.or(this.truth(a), this.truth(b)));
  }
  not(a: Scalar): Scalar {
    return this.keepInteger(this.f.i32.eqz(this.truth(a)));
  }
  select(mask: Scalar, ifTrue: Scalar, ifFalse: Scalar): Scalar {
    const condition = () => this.truth(mask);
    if (ifTrue.kind === "i32" && ifFalse.kind === "i32") {
      return this.keepInteger(this.f.select(ifTrue.local, ifFalse.local, condition));
    }
    return this.keepFloat(this.f.select(this.floatLocal(ifTrue), this.floatLocal(ifFalse), condition));
  }

  private floatLocal(x: Scalar): Local<"f64"> {
    if (x.kind === "f64") return x.local;
    const local = this.f.local("f64");
    this.f.set(local, this.float(x));
    return local;
  }

  index(): Scalar {
    if (!this.elementIndex) throw new AssemblerError(`${this.f.name}: elements have no index here.`);
    return this.keepInteger(this.elementIndex());
  }
  iadd(a: Scalar, b: Scalar): Scalar {
    return this.keepInteger(this.f.i32.add(this.integer(a), this.integer(b)));
  }
  ixor(a: Scalar, b: Scalar): Scalar {
    return this.keepInteger(this.f.i32.xor(this.integer(a), this.integer(b)));
  }
  irotl(a: Scalar, bits: number): Scalar {
    return this.keepInteger(this.f.i32.rotl(this.integer(a), this.f.i32.const(bits)));
  }
  /** By at least one bit: the result is not negative. */
  ishr(a: Scalar, bits: number): Scalar {
    return this.keepInteger(this.f.i32.shrU(this.integer(a), this.f.i32.const(bits)));
  }
}
