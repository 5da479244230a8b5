import { valueAndGrad } from "@pointwise/autograd";
import {
  abs,
  add,
  amax,
  assign,
  cast,
  type DType,
  div,
  isFloat,
  mul,
  neg,
  Rng,
  type Shape,
  sub,
  sum,
  type Tensor,
  trace,
  zerosLike,
} from "@pointwise/tensor";
import fc from "fast-check";
import { Recorder } from "../../src/trace/recorder.ts";
import { type Given, Program, type Rule, type Start } from "./program.ts";

/** A function of tensors, made of a random program. */
export interface Case extends Start {
  readonly steps: readonly { readonly rule: string; readonly choices: readonly number[] }[];
  /**
   * What it gives: all values, or the last one, the others fused away; the gradients by all that it is given; or it changes its weights, which are then
   * tensors from outside, and gives the loss.
   */
  readonly mode: "values" | "last" | "gradients" | "training";
}

export function casesOf(
  names: readonly string[],
  also: readonly string[],
  shapes: fc.Arbitrary<Shape>,
): fc.Arbitrary<Case> {
  const rule = fc.oneof(
    { arbitrary: fc.constantFrom(...names), weight: 3 },
    { arbitrary: fc.constantFrom(...also), weight: 4 },
  );
  return fc.record({
    shapes: fc.oneof(
      shapes.map((shape) => [shape]),
      shapes.map((shape) => [shape, shape]),
    ),
    whole: fc.boolean(),
    mode: fc.constantFrom("values", "last", "gradients", "training"),
    steps: fc.array(fc.record({ rule, choices: fc.array(fc.nat(5039), { minLength: 13, maxLength: 13 }) }), {
      minLength: 1,
      maxLength: 8,
    }),
  });
}

/** Roundings stay as large beside the largest element as they were. */
const atMostOne = (x: Tensor) => div(x, add(amax(abs(x)), 1));

export type Rules = Readonly<Record<string, Rule>>;

function build({ steps, ...start }: Case, rules: Rules, give: (given: Given) => Tensor): Program {
  const program = new Program(start, give);
  for (const { rule, choices } of steps) program.apply(rules[rule]!, choices);
  return program;
}

export type Compile = (f: (...args: Tensor[]) => Tensor[]) => (...args: Tensor[]) => Tensor[];

/** A case, and what it turns out to be. */
export class RandomFunction {
  /** What does not depend on values. */
  readonly program: Program;
  private readonly case: Case;
  private readonly rules: Rules;
  private readonly givens: Given[] = [];

  constructor(c: Case, rules: Rules) {
    this.case = c;
    this.rules = rules;
    const recorder = new Recorder();
    this.program = trace(recorder, () =>
      build(c, rules, (given) => {
        this.givens.push(given);
        return recorder.input(given.shape, given.below === undefined ? "float32" : "int32");
      }),
    );
  }

  /** Whether the outputs are whole numbers, for those of a call, where that is known. */
  get exact(): readonly boolean[] {
    const whole = this.program.values.map((x) => x.whole);
    const { mode } = this.case;
    return mode === "values" ? whole : mode === "last" ? whole.slice(-1) : [];
  }

  /** What two calls give, with other arguments, and what they leave in the weights. */
  outputs(dtype: DType, compile: Compile): Tensor[] {
    const { mode, shapes } = this.case;
    const rng = new Rng(7);
    const draw = (givens: readonly Given[]) => givens.map((given) => this.draw(given, rng, dtype));
    const weights = mode === "training" ? draw(this.givens.slice(shapes.length)) : [];
    const floats = weights.filter((w) => isFloat(w.dtype));
    const velocities = floats.map((w) => zerosLike(w));
    const f = compile(this.function(weights, floats, velocities, dtype));
    const call = () => f(...draw(this.givens.slice(0, this.givens.length - weights.length)));
    return [...call(), ...call(), ...floats, ...velocities];
  }

  private function(
    weights: readonly Tensor[],
    trained: readonly Tensor[],
    velocities: readonly Tensor[],
    dtype: DType,
  ): (...args: Tensor[]) => Tensor[] {
    const { mode, whole } = this.case;
    const valuesOf = (tensors: readonly Tensor[]) => {
      let next = 0;
      return build(this.case, this.rules, () => tensors[next++]!).values.map(({ tensor }) => tensor);
    };
    if (mode === "values") return (...args) => valuesOf(args);
    if (mode === "last") return (...args) => valuesOf(args).slice(-1);
    // Each element of the last value counts otherwise.
    const shares = cast(new Rng(3).randint(this.program.values.at(-1)!.tensor.shape, -3, 4), dtype);
    return (...args) => {
      const wrt = [...args.filter((x) => isFloat(x.dtype)), ...trained];
      const loss = () => sum(mul(valuesOf([...args, ...weights]).at(-1)!, shares));
      const [, grads] = valueAndGrad(loss, wrt);
      trained.forEach((w, i) => {
        assign(velocities[i]!, add(mul(velocities[i]!, 0.5), atMostOne(grads.get(w)!)));
        // Whole numbers stay whole, and as large as they are.
        assign(w, whole ? neg(w) : sub(w, mul(velocities[i]!, 0.1)));
      });
      return wrt.slice(0, wrt.length - trained.length).map((x) => grads.get(x)!);
    };
  }

  private draw({ shape, below }: Given, rng: Rng, dtype: DType): Tensor {
    if (below !== undefined) return rng.randint(shape, 0, below);
    return cast(this.case.whole ? rng.randint(shape, -2, 3) : rng.uniform(shape, { low: -1, high: 1 }), dtype);
  }
}
