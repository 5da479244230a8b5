import { valueAndGrad } from "@pointwise/autograd";
import {
  abs,
  add,
  amax,
  assign,
  broadcastTo,
  cast,
  div,
  exp,
  floor,
  ge,
  logicalAnd,
  lt,
  matmul,
  maximum,
  mean,
  mul,
  neg,
  permute,
  Rng,
  relu,
  reshape,
  sameShape,
  sigmoid,
  slice,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  where,
  zerosLike,
} from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../src/index.ts";

/** A choice of earlier values, taken modulo their number. */
type Pick = (values: readonly Tensor[]) => Tensor;

interface Rule {
  readonly name: string;
  apply(pick: Pick, values: readonly Tensor[]): Tensor | undefined;
}

const unary = (name: string, f: (x: Tensor) => Tensor): Rule => ({ name, apply: (pick, values) => f(pick(values)) });

/** A binary op on two values that broadcast: the second is brought to a shape that goes with the first if it has none. */
const binary = (name: string, f: (a: Tensor, b: Tensor) => Tensor): Rule => ({
  name,
  apply: (pick, values) => {
    const a = pick(values);
    return f(a, fitting(a, pick(values)));
  },
});

function fitting(a: Tensor, b: Tensor): Tensor {
  const lead = a.rank - b.rank;
  const broadcasts = lead >= 0 && b.shape.every((d, i) => d === 1 || d === a.shape[i + lead]);
  return broadcasts || sameShape(a.shape, b.shape) ? b : mean(b);
}

const rules: readonly Rule[] = [
  binary("add", add),
  binary("sub", sub),
  binary("mul", mul),
  binary("div", (a, b) => div(a, add(abs(b), 1))),
  binary("maximum", maximum),
  binary("where", (a, b) => where(lt(a, b), a, mul(b, 0.5))),
  binary("gate", (a, b) => mul(a, ge(a, b))),
  binary("both", (a, b) => cast(logicalAnd(lt(a, 0.5), lt(b, a)), "float32")),
  unary("relu", relu),
  unary("tanh", tanh),
  unary("sigmoid", sigmoid),
  unary("exp", (x) => exp(neg(abs(x)))),
  unary("square", (x) => square(tanh(x))),
  unary("floor", (x) => add(floor(mul(x, 3)), x)),
  unary("count", (x) => cast(sum(lt(x, 0.25), -1, { keepdim: true }), "float32")),
  unary("int", (x) => cast(add(mul(cast(mul(x, 4), "int32"), 3), 1), "float32")),
  unary("sum0", (x) => sum(x, 0, { keepdim: true })),
  unary("sumLast", (x) => sum(x, -1)),
  unary("meanAll", (x) => mean(x)),
  unary("amax", (x) => amax(x, -1, { keepdim: true })),
  unary("softmax", (x) => softmax(x, -1)),
  unary("transpose", (x) =>
    permute(
      x,
      x.shape.map((_, i) => x.rank - 1 - i),
    ),
  ),
  unary("flatten", (x) => reshape(x, [x.size])),
  unary("unflatten", (x) => reshape(x, [1, ...x.shape])),
  unary("slice", (x) => slice(x, [0, Math.ceil(x.shape[0]! / 2)])),
  unary("stretch", (x) => (x.rank < 4 ? broadcastTo(x, [2, ...x.shape]) : x)),
  {
    name: "gram",
    apply: (pick, values) => {
      const a = pick(values);
      if (a.rank < 2) return undefined;
      return mul(matmul(a, a, { transposeB: true }), 0.25);
    },
  },
  {
    name: "product",
    apply: (pick, values) => {
      const [a, b] = [pick(values), pick(values)];
      if (a.rank !== 2 || b.rank !== 2 || a.shape[1] !== b.shape[0]) return undefined;
      return relu(add(mul(matmul(a, b), 0.25), 0.125));
    },
  },
];

const mostElements = 4000;

/** Applies the rules, with values picked by a list of numbers, to what there is. */
function build(start: readonly Tensor[], steps: readonly { rule: Rule; picks: readonly number[] }[]): Tensor[] {
  const values = [...start];
  for (const { rule, picks } of steps) {
    let next = 0;
    // Later values more often: chains get long.
    const pick: Pick = (all) => all[all.length - 1 - Math.min(all.length - 1, picks[next++]! % (all.length + 2))]!;
    const usable = values.filter((x) => x.rank > 0);
    const value = rule.apply((all) => pick(all), usable);
    if (value && value.size <= mostElements) values.push(value);
  }
  return values.slice(start.length);
}

const steps = fc.array(
  fc.record({ rule: fc.constantFrom(...rules), picks: fc.array(fc.nat(30), { minLength: 2, maxLength: 2 }) }),
  { minLength: 1, maxLength: 14 },
);
const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 3,
});

function expectClose(actual: readonly Tensor[], wanted: readonly Tensor[], tolerance = 2e-5): void {
  expect(actual.length).toBe(wanted.length);
  actual.forEach((x, i) => {
    const y = wanted[i]!;
    expect([x.shape, x.dtype]).toEqual([y.shape, y.dtype]);
    const scale = Math.max(1, ...Array.from(y.data, Math.abs));
    x.data.forEach((value, j) => {
      if (!(Math.abs(value - y.data[j]!) <= tolerance * scale)) {
        expect.fail(`output ${i} ${y.dtype} [${y.shape}], element ${j}: ${value} instead of ${y.data[j]}`);
      }
    });
  });
}

const inputs = (all: readonly (readonly number[])[]) => {
  const rng = new Rng(5);
  return all.map((shape) => rng.uniform(shape, { low: -1, high: 1 }));
};

/** Steps like floor jump where a rounding differs: such programs are no test. */
const continuous = (all: readonly { rule: Rule }[]) =>
  !all.some(({ rule }) => /floor|int|count|both|gate|where/.test(rule.name));

test("any program gives what it gives eagerly, all its values returned", () => {
  fc.assert(
    fc.property(shapes, steps, (all, list) => {
      const x = inputs(all);
      const f = compile((...args: Tensor[]) => build(args, list));
      expectClose(f(...x), build(x, list));
      expectClose(f(...x), build(x, list));
    }),
    { numRuns: 150 },
  );
});

test("any program gives what it gives eagerly, the last value returned and the rest fused away", () => {
  fc.assert(
    fc.property(shapes, steps, (all, list) => {
      const x = inputs(all);
      const last = (...args: Tensor[]) => build(args, list).slice(-1);
      expectClose(compile(last)(...x), last(...x));
    }),
    { numRuns: 150 },
  );
});

test("gradients and updates of states are those of eager mode, over several calls", () => {
  fc.assert(
    fc.property(shapes, steps.filter(continuous), (all, list) => {
      const make = () => {
        const [first, ...others] = inputs(all);
        const params = others.length > 0 ? others : [inputs(all)[0]!];
        const velocity = params.map((p) => zerosLike(p));
        const step = (x: Tensor) => {
          const loss = () => {
            const values = build([x, ...params], list);
            return mean(square(sub(mean(values.at(-1) ?? x), 0.25)));
          };
          const [value, grads] = valueAndGrad(() => add(loss(), mul(mean(square(params[0]!)), 0.01)), params);
          params.forEach((p, i) => {
            const grad = grads.get(p)!;
            assign(velocity[i]!, add(mul(velocity[i]!, 0.5), grad));
            assign(p, sub(p, mul(tanh(velocity[i]!), 0.1))); // bounded, so that roundings do not grow
          });
          return value;
        };
        return { first: first!, params, velocity, step };
      };
      const [eager, compiled] = [make(), make()];
      const f = compile(compiled.step);
      for (let i = 0; i < 3; i++) {
        expectClose([f(compiled.first)], [eager.step(eager.first)], 2e-4);
        expectClose([...compiled.params, ...compiled.velocity], [...eager.params, ...eager.velocity], 2e-4);
      }
    }),
    { numRuns: 100 },
  );
});
