import {
  abs,
  add,
  amax,
  cast,
  clamp,
  div,
  exp,
  floor,
  ge,
  leakyRelu,
  logicalAnd,
  lt,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  relu,
  reshape,
  type Shape,
  sigmoid,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  where,
} from "@pointwise/tensor";
import { hasDims, type Program, type Rule, type Value } from "./program.ts";
import { about, moderate, rangeOf, settle } from "./ranges.ts";

type Named = readonly [name: string, rule: Rule];

/** Smooth, and not whole. */
const smooth = (name: string, f: (x: Tensor) => Tensor, size = 1): Named => [
  name,
  (p) => {
    const picked = p.pick();
    if (!picked) return;
    const x = moderate(p, picked);
    p.add(`${name}(${x.name})`, f(x.tensor), about(size));
  },
];

/** May have kinks, and keeps whole numbers whole. */
const kinked = (name: string, f: (x: Tensor) => Tensor, size = (x: number) => x): Named => [
  name,
  (p) => {
    const x = p.pickWhole();
    if (x) p.add(`${name}(${x.name})`, f(x.tensor), rangeOf([x], size(x.size)));
  },
];

const broadcasts = ({ tensor: from }: Value, { tensor: to }: Value) =>
  from.rank <= to.rank && from.shape.every((d, i) => d === 1 || d === to.shape[i + to.rank - from.rank]);

/** A value and another that broadcasts to its shape, or a weight that lies beside it in one of the ways that there are. */
function operandsOf(p: Program, fits: (x: Value) => boolean): readonly [Value, Value] | undefined {
  const a = p.pick(fits);
  if (!a) return undefined;
  const { shape } = a.tensor;
  const kind = p.choose(0, 6);
  const other = kind < 2 ? p.pick((b) => fits(b) && broadcasts(b, a)) : undefined;
  if (other) return kind === 0 ? [a, other] : [other, a];
  const channels = shape.map((d, i) => (i === 1 ? d : 1));
  const beside: readonly Shape[] = [channels, channels, channels, shape.slice(-2), shape.slice(-1), shape, []];
  return [a, p.given(beside[kind]!)];
}

type Binary = (a: Tensor, b: Tensor) => Tensor;

const binary = (name: string, f: Binary, size: (a: number, b: number) => number): Named => [
  name,
  (p) => {
    const operands = operandsOf(p, () => true);
    if (!operands) return;
    const [a, b] = operands;
    p.add(`${name}(${a.name}, ${b.name})`, f(a.tensor, b.tensor), rangeOf(operands, size(a.size, b.size)));
  },
];

const smoothBinary = (name: string, f: Binary, size: (a: number) => number): Named => [
  name,
  (p) => {
    const operands = operandsOf(p, () => true);
    if (!operands) return;
    const [a, b] = [moderate(p, operands[0]), moderate(p, operands[1])];
    p.add(`${name}(${a.name}, ${b.name})`, f(a.tensor, b.tensor), about(size(a.size)));
  },
];

const kinkedBinary = (name: string, f: Binary, size: (a: number, b: number) => number): Named => [
  name,
  (p) => {
    const operands = operandsOf(p, ({ whole }) => whole);
    if (!operands?.every(({ whole }) => whole)) return;
    const [a, b] = operands;
    p.add(`${name}(${a.name}, ${b.name})`, f(a.tensor, b.tensor), rangeOf(operands, size(a.size, b.size)));
  },
];

const counted: Named = [
  "count",
  (p) => {
    const x = p.pickWhole(hasDims);
    if (!x) return;
    const dim = p.choose(0, x.tensor.rank - 1);
    const count = cast(sum(lt(x.tensor, 1), dim, { keepdim: true }), p.dtype);
    p.add(`count(${x.name} < 1, ${dim})`, count, { whole: true, size: x.tensor.shape[dim]! });
  },
];

type Reduction = (x: Tensor, dim: number, options: { keepdim: boolean }) => Tensor;

const reduced = (name: string, f: Reduction, fits: (x: Value) => boolean): Named => [
  name,
  (p) => {
    const x = p.pick((x) => hasDims(x) && fits(x));
    if (!x) return;
    const [dim, keepdim] = [p.choose(0, x.tensor.rank - 1), p.choose(0, 1) === 1];
    const terms = name === "sum" ? x.tensor.shape[dim]! : 1;
    const range = name === "mean" ? about(x.size) : rangeOf([x], x.size * terms);
    settle(p, p.add(`${name}(${x.name}, ${dim}, ${keepdim})`, f(x.tensor, dim, { keepdim }), range), terms);
  },
];

const reshaped: Named = [
  "reshape",
  (p) => {
    const x = p.pick(({ tensor }) => tensor.rank > 1);
    if (!x) return;
    const { size, shape } = x.tensor;
    const rows = shape[0]!;
    const all = [[rows, size / rows], [size / rows, rows], [...shape].reverse(), [size], [1, ...shape]];
    const other = p.oneOf(all.filter(({ length }) => length <= 4));
    p.add(`reshape(${x.name})`, reshape(x.tensor, other), x);
  },
];

const isWhole = ({ whole }: Value) => whole;

/** What is fused: into loops, into the epilogues of kernels, into loops over pictures. */
export const elementwiseRules: Readonly<Record<string, Rule>> = Object.fromEntries([
  binary("add", add, (a, b) => a + b),
  binary("sub", sub, (a, b) => a + b),
  binary("mul", mul, (a, b) => a * b),
  smoothBinary(
    "gated",
    (a, b) => mul(a, sigmoid(mul(b, 0.25))),
    (a) => a,
  ),
  smoothBinary(
    "ratio",
    (a, b) => div(a, add(square(b), 1)),
    (a) => a,
  ),
  kinkedBinary("maximum", maximum, Math.max),
  kinkedBinary("minimum", minimum, Math.max),
  kinkedBinary(
    "gate",
    (a, b) => mul(a, cast(ge(a, b), a.dtype)),
    (a) => a,
  ),
  kinkedBinary(
    "where",
    (a, b) => where(lt(a, b), a, mul(b, 2)),
    (a, b) => Math.max(a, 2 * b),
  ),
  kinkedBinary(
    "both",
    (a, b) => cast(logicalAnd(lt(a, 2), lt(b, a)), a.dtype),
    () => 1,
  ),
  kinked("relu", relu),
  kinked("abs", abs),
  kinked(
    "clamp",
    (x) => clamp(x, { min: -3, max: 5 }),
    () => 5,
  ),
  kinked(
    "leakyRelu",
    (x) => leakyRelu(x, 2),
    (x) => 2 * x,
  ),
  kinked("floor", (x) => floor(mul(x, 0.5))),
  kinked(
    "int32",
    (x) => cast(add(mul(cast(x, "int32"), 3), 1), x.dtype),
    (x) => 3 * x + 1,
  ),
  kinked("square", square, (x) => x * x),
  kinked("neg", neg),
  smooth("tanh", tanh),
  smooth("sigmoid", sigmoid),
  smooth("softplus", softplus, 8),
  smooth("bell", (x) => exp(neg(square(x)))),
  reduced("sum", sum, () => true),
  reduced("mean", mean, () => true),
  reduced("amax", amax, isWhole),
  counted,
  reshaped,
]);
