import type { Algebra } from "./algebra.ts";
import { erf } from "./erf.ts";

/** Rounds halves to the even neighbour, as IEEE 754 and PyTorch do. */
export function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Expressions evaluated one element at a time, masks as 0 and 1. `index` is the element that is being computed. */
export function numberAlgebra(index: () => number = () => 0): Algebra<number> {
  return {
    c: (value) => value,
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    div: (a, b) => a / b,
    neg: (a) => -a,
    abs: Math.abs,
    min: Math.min,
    max: Math.max,
    floor: Math.floor,
    ceil: Math.ceil,
    trunc: Math.trunc,
    round: roundHalfEven,
    sqrt: Math.sqrt,
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log1p: Math.log1p,
    sin: Math.sin,
    cos: Math.cos,
    tanh: Math.tanh,
    erf,
    pow: Math.pow,
    lt: (a, b) => +(a < b),
    le: (a, b) => +(a <= b),
    eq: (a, b) => +(a === b),
    and: (a, b) => +(a !== 0 && b !== 0),
    or: (a, b) => +(a !== 0 || b !== 0),
    not: (a) => +(a === 0),
    select: (mask, ifTrue, ifFalse) => (mask !== 0 ? ifTrue : ifFalse),
    index,
    iadd: (a, b) => (a + b) | 0,
    ixor: (a, b) => a ^ b,
    irotl: (a, bits) => (a << bits) | (a >>> (32 - bits)),
    ishr: (a, bits) => a >>> bits,
  };
}
