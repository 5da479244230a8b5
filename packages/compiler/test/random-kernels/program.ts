import { type DType, type Shape, sizeOf, type Tensor } from "@pointwise/tensor";

/** A tensor that a random program is given: weights or pictures, or indices from 0 to `below` − 1. */
export interface Given {
  readonly shape: Shape;
  readonly below?: number;
}

/** What is known of a value whatever the program is given. */
export interface Range {
  /** Whether values are whole numbers that float32 computes with exactly, in any order of additions. */
  readonly whole: boolean;
  /** Their largest magnitude; an estimate where they are not whole. */
  readonly size: number;
}

export interface Value extends Range {
  readonly name: string;
  readonly tensor: Tensor;
}

/** What a rule adds to a program; nothing, where no value fits. */
export type Rule = (p: Program) => void;

/** Whole numbers up to here stay exact, with room for some sums. */
export const mostExact = 2 ** 20;
const mostElements = 6000;

export interface Start {
  readonly shapes: readonly Shape[];
  /** Whether all that the program is given consists of whole numbers, −2 to 2; otherwise of any from −1 to 1. */
  readonly whole: boolean;
}

/** A program that is made up while it runs: of rules, and of the numbers that their choices are taken from. */
export class Program {
  readonly values: Value[] = [];
  /** The program, for people. */
  readonly lines: string[] = [];
  private readonly range: Range;
  private readonly give: (given: Given) => Tensor;
  private choices: readonly number[] = [];
  private next = 0;

  /** @param give called for all that the program is given, always in the same order */
  constructor({ shapes, whole }: Start, give: (given: Given) => Tensor) {
    this.give = give;
    this.range = { whole, size: whole ? 2 : 1 };
    for (const shape of shapes) this.values.push(this.given(shape, "argument"));
  }

  get dtype(): DType {
    return this.values[0]!.tensor.dtype;
  }

  apply(rule: Rule, choices: readonly number[]): void {
    this.choices = choices;
    this.next = 0;
    rule(this);
  }

  /** A whole number of a range; the lowest is the simplest. */
  choose(low: number, high: number): number {
    const choice = this.choices[this.next++ % this.choices.length]!;
    return low + (choice % (high - low + 1));
  }

  /** One of some; the first is the simplest. */
  oneOf<T>(all: readonly T[]): T {
    return all[this.choose(0, all.length - 1)]!;
  }

  /** One value of those that fit; the last one more often. */
  pick(fits: (x: Value) => boolean = () => true): Value | undefined {
    const fitting = this.values.filter((x) => fits(x));
    const back = this.choose(0, 2 * fitting.length);
    return fitting.at(-1 - (back < fitting.length ? back : 0));
  }

  /** As `pick`, among whole numbers: for functions with steps or kinks, where a rounding would make a difference. */
  pickWhole(fits: (x: Value) => boolean = () => true): Value | undefined {
    return this.pick((x) => x.whole && fits(x));
  }

  given(shape: Shape, what = "weight"): Value {
    return this.named(what, this.give({ shape }), this.range);
  }

  indices(shape: Shape, below: number): Value {
    return this.named(`index below ${below}`, this.give({ shape, below }), { whole: true, size: below });
  }

  /** A new value. Too large ones are dropped. */
  add(text: string, tensor: Tensor, { whole, size }: Range): Value {
    const x = this.named(text, tensor, { whole: whole && size <= mostExact, size });
    if (sizeOf(tensor.shape) <= mostElements) this.values.push(x);
    return x;
  }

  private named(text: string, tensor: Tensor, range: Range): Value {
    const name = `%${this.lines.length}`;
    const about = range.whole ? `whole, up to ${range.size}` : `about ${range.size.toPrecision(2)}`;
    this.lines.push(`${name} = ${text}: ${tensor.dtype} [${tensor.shape.join(", ")}], ${about}`);
    return { name, tensor, ...range };
  }
}

export const isMaps = ({ tensor }: Value): boolean => tensor.rank === 4;
export const hasDims = ({ tensor }: Value): boolean => tensor.rank > 0;
