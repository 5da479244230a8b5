import type { Algebra } from "@pointwise/tensor";
import fc from "fast-check";

/** An expression over any algebra, whose value is a whole number below 2²⁴ if its operands are whole and no larger than 5. */
export interface Expression {
  readonly text: string;
  evaluate<V>(k: Algebra<V>, x: readonly V[]): V;
}

const unary = ["neg", "abs", "floor", "ceil", "trunc", "round", "not"] as const;
const binary = ["add", "sub", "mul", "min", "max", "lt", "le", "eq", "and", "or", "iadd", "ixor"] as const;
/** A quotient has at most two bits of fraction, and floats hold it exactly. */
const roundings = ["floor", "ceil", "trunc", "round"] as const;

const operand = (count: number): fc.Arbitrary<Expression> =>
  fc.nat(count - 1).map((i) => ({ text: `x${i}`, evaluate: (_, x) => x[i]! }));
const constant: fc.Arbitrary<Expression> = fc
  .integer({ min: -5, max: 5 })
  .map((value) => ({ text: String(value), evaluate: (k) => k.c(value) }));

/** Expressions of so many operands. */
export function expressions(operands: number, depth = 3): fc.Arbitrary<Expression> {
  if (depth === 0) return fc.oneof({ weight: 3, arbitrary: operand(operands) }, { weight: 1, arbitrary: constant });
  const part = expressions(operands, depth - 1);
  return fc.oneof(
    part,
    fc.tuple(fc.constantFrom(...unary), part).map(
      ([op, a]): Expression => ({
        text: `${op}(${a.text})`,
        evaluate: (k, x) => k[op](a.evaluate(k, x)),
      }),
    ),
    fc.tuple(fc.constantFrom(...binary), part, part).map(
      ([op, a, b]): Expression => ({
        text: `${op}(${a.text}, ${b.text})`,
        evaluate: (k, x) => k[op](a.evaluate(k, x), b.evaluate(k, x)),
      }),
    ),
    fc.tuple(fc.constantFrom(...roundings), part, fc.constantFrom(-4, -2, 2, 4)).map(
      ([op, a, b]): Expression => ({
        text: `${op}(${a.text} / ${b})`,
        evaluate: (k, x) => k[op](k.div(a.evaluate(k, x), k.c(b))),
      }),
    ),
    fc.tuple(part, part, part).map(
      ([mask, a, b]): Expression => ({
        text: `select(${mask.text}, ${a.text}, ${b.text})`,
        evaluate: (k, x) => k.select(mask.evaluate(k, x), a.evaluate(k, x), b.evaluate(k, x)),
      }),
    ),
  );
}
