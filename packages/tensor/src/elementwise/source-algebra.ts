import type { Algebra } from "./algebra.ts";

/**
 * Expressions as JavaScript source. Every operation becomes one `const` statement, so that a value used twice is computed
 * once. There are no branches: on values of random sign, every second one would be mispredicted, at the price of ten
 * additions.
 */
export class SourceAlgebra implements Algebra<string> {
  readonly statements: string[] = [];

  private emit(expression: string): string {
    const name = `t${this.statements.length}`;
    this.statements.push(`const ${name} = ${expression};`);
    return name;
  }

  private readonly call =
    (name: string) =>
    (...args: string[]) =>
      this.emit(`${name}(${args.join(", ")})`);

  private readonly infix = (operator: string) => (a: string, b: string) => this.emit(`${a} ${operator} ${b}`);

  private readonly test = (operator: string) => (a: string, b: string) => this.emit(`+(${a} ${operator} ${b})`);

  c = (value: number) =>
    Object.is(value, -0) || value < 0 ? `(${Object.is(value, -0) ? "-0" : value})` : String(value);
  add = this.infix("+");
  sub = this.infix("-");
  mul = this.infix("*");
  div = this.infix("/");
  neg = (a: string) => this.emit(`-${a}`);
  abs = this.call("Math.abs");
  min = this.call("Math.min");
  max = this.call("Math.max");
  floor = this.call("Math.floor");
  ceil = this.call("Math.ceil");
  trunc = this.call("Math.trunc");
  round = this.call("roundHalfEven");
  sqrt = this.call("Math.sqrt");
  exp = this.call("Math.exp");
  expm1 = this.call("Math.expm1");
  log = this.call("Math.log");
  log1p = this.call("Math.log1p");
  sin = this.call("Math.sin");
  cos = this.call("Math.cos");
  tanh = this.call("Math.tanh");
  erf = this.call("erf");
  pow = this.call("Math.pow");
  lt = this.test("<");
  le = this.test("<=");
  eq = this.test("===");
  and = (a: string, b: string) => this.emit(`+(${a} !== 0) & +(${b} !== 0)`);
  or = (a: string, b: string) => this.emit(`+(${a} !== 0) | +(${b} !== 0)`);
  not = (a: string) => this.emit(`+(${a} === 0)`);
  select = (mask: string, ifTrue: string, ifFalse: string) =>
    this.emit(`(pair[0] = ${ifFalse}, pair[1] = ${ifTrue}, pair[+(${mask} !== 0)])`);
  index = () => "index";
  iadd = (a: string, b: string) => this.emit(`(${a} + ${b}) | 0`);
  ixor = this.infix("^");
  irotl = (a: string, bits: number) => this.emit(`(${a} << ${bits}) | (${a} >>> ${32 - bits})`);
  ishr = (a: string, bits: number) => this.emit(`${a} >>> ${bits}`);
}
