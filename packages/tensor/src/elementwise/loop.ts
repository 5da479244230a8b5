import type { TypedArray } from "../dtype.ts";
import type { ElementwiseOp } from "../op.ts";
import { compileFunction } from "./compile-function.ts";
import { getOrMake } from "./get-or-make.ts";
import { numberAlgebra } from "./number-algebra.ts";
import { SourceAlgebra } from "./source-algebra.ts";

/** Computes `count` elements from `start`. Operand i is read from `at[i]` on, moving by `step[i]`, 0 for a broadcast value. */
export type Loop = (
  out: TypedArray,
  start: number,
  count: number,
  x: readonly TypedArray[],
  at: readonly number[],
  step: readonly number[],
) => void;

const loopsOfOp = new WeakMap<ElementwiseOp, Map<string, Loop>>();
const loopsBySource = new Map<string, Loop>();

/**
 * The loop that computes `op`, specialised by generated JavaScript for its expression and for its dtypes (`types`: so that
 * each stays monomorphic and fast). Where generated code is forbidden, the same expression is interpreted.
 */
export function loopFor(op: ElementwiseOp, attrs: unknown, arity: number, types: string): Loop {
  const make = () => generate(op, attrs, arity, types) ?? interpret(op, attrs, arity);
  if (attrs !== undefined) return make();
  return getOrMake(
    getOrMake(loopsOfOp, op, () => new Map()),
    types,
    make,
  );
}

function generate(op: ElementwiseOp, attrs: unknown, arity: number, types: string): Loop | undefined {
  const k = new SourceAlgebra();
  const names = Array.from({ length: arity }, (_, i) => `v${i}`);
  const result = op.expr(k, attrs, ...names);
  const each = (text: (i: number) => string) => names.map((_, i) => text(i)).join(" ");
  const source = `(out, start, count, x, at, step) => {
    ${each((i) => `const x${i} = x[${i}], s${i} = step[${i}]; let p${i} = at[${i}];`)}
    const end = start + count;
    for (let index = start; index < end; index++) {
      ${each((i) => `const v${i} = x${i}[p${i}]; p${i} += s${i};`)}
      ${k.statements.join("\n      ")}
      out[index] = ${isBool(types) ? `+(${result} !== 0)` : result};
    }
  }`;
  const key = types + source;
  let loop = loopsBySource.get(key);
  if (!loop) {
    loop = compileFunction<Loop>(source);
    if (loop) loopsBySource.set(key, loop);
  }
  return loop;
}

/** Whether the first of the types, the output's, is bool: `true + true` must be stored as 1. */
const isBool = (types: string): boolean => types.startsWith("U1");

function interpret(op: ElementwiseOp, attrs: unknown, arity: number): Loop {
  let index = 0;
  const k = numberAlgebra(() => index);
  const values = new Array<number>(arity);
  return (out, start, count, x, at, step) => {
    const bool = out instanceof Uint8Array;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < arity; j++) values[j] = x[j]![at[j]! + i * step[j]!]!;
      index = start + i;
      const value = op.expr(k, attrs, ...values);
      out[index] = bool ? +(value !== 0) : value;
    }
  };
}
