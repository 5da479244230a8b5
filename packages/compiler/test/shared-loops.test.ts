import { assign, mul, Rng, setAccelerator, sub, type Tensor, tensor } from "@pointwise/tensor";
import { ModuleBuilder } from "@pointwise/wasm";
import { beforeAll, expect, test, vi } from "vitest";
import { engines } from "../../wasm/test/engines.ts";
import { buildProgram } from "../src/build-program.ts";
import { expectClose } from "./close-to.ts";
import { graphOf } from "./pipeline.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

interface Updated {
  readonly p: Tensor;
  readonly v: Tensor;
  readonly g: Tensor;
  readonly lr: Tensor;
  readonly s: Tensor;
}

/** Arrays of those shapes, each with a learning rate of its own. */
function draw(shapes: readonly (readonly number[])[]): Updated[] {
  const rng = new Rng(5);
  return shapes.map((shape, i) => ({
    ...{ p: rng.normal(shape), v: rng.normal(shape), g: rng.normal(shape) },
    lr: tensor(0.1 * (i + 1), { dtype: "float64" }),
    s: rng.normal([]),
  }));
}

/** Momentum: a new velocity, and a parameter that follows it. */
function update({ p, v, g, lr }: Updated): void {
  const velocity = sub(mul(v, 0.9), mul(g, lr));
  assign(v, velocity);
  assign(p, sub(p, velocity));
}

const values = (all: readonly Updated[]) => all.flatMap(({ p, v }) => [p, v]);

/** What three calls leave, compiled and eagerly, and how many functions are shared. */
function run(shapes: readonly (readonly number[])[], step: (all: readonly Updated[]) => void, index: number) {
  const [compiled, eager] = [draw(shapes), draw(shapes)];
  const functions = vi.spyOn(ModuleBuilder.prototype, "function");
  const { program } = buildProgram(
    graphOf(() => {
      step(compiled);
      return [];
    }, []),
    engines[index]!,
  );
  const shared = functions.mock.calls.filter(([name]) => name.startsWith("shared loop")).length;
  functions.mockRestore();
  for (let i = 0; i < 3; i++) {
    program.run([]);
    step(eager);
  }
  expectClose(values(compiled), values(eager));
  return shared;
}

test.each(engines.map(({ name }, i) => [name, i] as const))(
  "%s: loops that do the same share a function, if what is left after whole turns is the same",
  (_, i) => {
    const all = (step: readonly Updated[]) => step.forEach(update);
    expect(run([[32], [48], [6, 8], [160], [35], [51], [3], [3]], all, i)).toBe(2);
    expect(run([[32], [35]], all, i)).toBe(0); // nobody to share with
  },
);

test.each(engines.map(({ name }, i) => [name, i] as const))("%s: a loop that writes elsewhere has its own", (_, i) => {
  const swapped = ([a, b, c]: readonly Updated[]) => {
    update(a!);
    update(b!);
    assign(c!.v, sub(mul(c!.p, 0.9), mul(c!.g, c!.lr)));
  };
  expect(run([[32], [48], [64]], swapped, i)).toBe(1);
});

test.each(engines.map(({ name }, i) => [name, i] as const))("%s: a number is no array", (_, i) => {
  const mixed = ([a, b]: readonly Updated[]) => {
    assign(a!.v, mul(a!.s, a!.p));
    assign(b!.v, mul(b!.p, b!.g));
  };
  expect(run([[32], [48]], mixed, i)).toBe(0);
});
