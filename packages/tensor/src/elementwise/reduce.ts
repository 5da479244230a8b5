import type { TypedArray } from "../dtype.ts";
import type { Buffer, ReduceOp } from "../op.ts";
import { stridesOf } from "../shape.ts";
import { compileFunction } from "./compile-function.ts";
import { getOrMake } from "./get-or-make.ts";
import { numberAlgebra } from "./number-algebra.ts";
import { SourceAlgebra } from "./source-algebra.ts";

/** Folds `count` values of `x` from `from` into accumulators from `to`, which move by `step` (0 or 1) a value. */
type Fold = (acc: Float64Array, to: number, step: number, x: TypedArray, from: number, count: number) => void;

/** Reduces `dims`, which stay in the shape of `out` with size 1. Accumulates in float64 whatever the dtype. */
export function runReduce(op: ReduceOp, dims: readonly number[], out: Buffer, x: Buffer): void {
  const acc = new Float64Array(out.data.length).fill(op.initial);
  const rank = x.shape.length;
  const inner = rank === 0 ? 1 : x.shape[rank - 1]!;
  const step = rank > 0 && !dims.includes(rank - 1) ? 1 : 0;
  const fold = foldFor(op, x.data.constructor.name);
  const outStrides = stridesOf(out.shape).map((s, i) => (dims.includes(i) ? 0 : s));
  const counter = x.shape.map(() => 0);
  let to = 0;
  for (let from = 0; from < x.data.length; from += inner) {
    fold(acc, to, step, x.data, from, inner);
    for (let dim = rank - 2; dim >= 0; dim--) {
      counter[dim]!++;
      to += outStrides[dim]!;
      if (counter[dim]! < x.shape[dim]!) break;
      to -= outStrides[dim]! * x.shape[dim]!;
      counter[dim] = 0;
    }
  }
  out.data.set(acc);
}

const folds = new WeakMap<ReduceOp, Map<string, Fold>>();

function foldFor(op: ReduceOp, type: string): Fold {
  const byType = getOrMake(folds, op, () => new Map());
  return getOrMake(byType, type, () => generate(op) ?? interpret(op));
}

function generate(op: ReduceOp): Fold | undefined {
  const k = new SourceAlgebra();
  const result = op.combine(k, "a", "v");
  const body = `${k.statements.join(" ")} a = ${result};`;
  return compileFunction<Fold>(`(acc, to, step, x, from, count) => {
    const end = from + count;
    if (step === 0) {
      let a = acc[to];
      for (let p = from; p < end; p++) { const v = x[p]; ${body} }
      acc[to] = a;
    } else {
      for (let p = from; p < end; p++, to++) { let a = acc[to]; const v = x[p]; ${body} acc[to] = a; }
    }
  }`);
}

function interpret(op: ReduceOp): Fold {
  const k = numberAlgebra();
  return (acc, to, step, x, from, count) => {
    for (let i = 0; i < count; i++) acc[to + i * step] = op.combine(k, acc[to + i * step]!, x[from + i]!);
  };
}
