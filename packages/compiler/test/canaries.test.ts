import { valueAndGrad } from "@pointwise/autograd";
import { Dropout, Embedding } from "@pointwise/layers";
import {
  apply,
  argmax,
  assign,
  cast,
  gather,
  indexAdd,
  indexSelect,
  kernel,
  lt,
  mul,
  oneHot,
  ones,
  Rng,
  reshape,
  ShapeError,
  scatterAdd,
  setAccelerator,
  slice,
  softmaxCrossEntropy,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@pointwise/tensor";
import { type Address, absolute, type FunctionBuilder, simd128 } from "@pointwise/wasm";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { engines } from "../../wasm/test/engines.ts";
import type { KernelLowering } from "../src/lowerings/lowering.ts";
import { useKernels } from "../src/lowerings/registry.ts";
import { withCanaries } from "./canaries.ts";
import { type Case, RandomFunction } from "./random-kernels/cases.ts";
import { allRules, families } from "./random-kernels/families.ts";

vi.mock("../src/plan/pack.ts", async () => ({ packIntervals: (await import("./canary-layout.ts")).packApart }));
vi.mock("../src/memory/heap.ts", async (original) => ({
  ...(await original<typeof import("../src/memory/heap.ts")>()),
  align: (bytes: number) => bytes, // so that plans keep exact sizes
}));

// Eager mode is asked what a wrong index becomes, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

const runs = Math.ceil(100 / engines.length);

const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -0];
const hostile = [-1, -(2 ** 31), 2 ** 31 - 1, 2 ** 30, 2 ** 29, 6, 41, 1000];

/** Puts numbers of a kind into an argument of theirs, at some places. */
function spoil({ data, dtype }: Tensor, seed: number): void {
  const numbers = dtype === "int32" ? hostile : odd;
  for (let i = seed % 7; i < data.length; i += 1 + (seed % 11)) data[i] = numbers[(seed + i) % numbers.length]!;
}

function check(c: Case, seed: number, engine: typeof simd128): void {
  const random = new RandomFunction(c, allRules);
  random.outputs("float32", (f) => {
    const run = withCanaries(f, engine);
    return (...args) => {
      // Every other time as they come, so that a spoilt argument does not hide what is wrong with others.
      if (seed % 2 === 0) for (const [i, x] of args.entries()) if ((seed >> (i % 8)) % 2 === 0) spoil(x, seed + i);
      const outcome = run(...args);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(ShapeError);
        expect(() => f(...args)).toThrow(ShapeError);
      }
      return [];
    };
  });
}

describe.each(engines)("compiled for $name: nothing is read or written but what belongs to the program", (engine) => {
  test.each(Object.entries(families))("%s among elementwise ops", (_, cases) => {
    fc.assert(
      fc.property(cases, fc.nat(), (c, seed) => check(c, seed, engine)),
      { numRuns: runs, endOnFailure: true },
    );
  });
});

type Indexing = (x: Tensor, index: Tensor) => Tensor;

/** On x [6, 5] and indices below 6 along its first dimension, or below 5 along its second. */
const indexing: Readonly<Record<string, Indexing>> = {
  gather: (x, index) => gather(x, 0, reshape(index, [3, 4])),
  "gather bools": (x, index) => cast(gather(lt(x, 0), 1, reshape(index, [6, 2])), "float32"),
  scatterAdd: (x, index) => scatterAdd(x, 1, reshape(index, [4, 3]), reshape(slice(reshape(x, [30]), [0, 12]), [4, 3])),
  "scatterAdd of integers": (x, index) => {
    const integers = cast(x, "int32");
    return scatterAdd(integers, 0, reshape(index, [4, 3]), slice(integers, [0, 4], [0, 3]));
  },
  indexSelect: (x, index) => indexSelect(x, 1, index),
  "indexSelect by what is computed": (x, index) => indexSelect(x, 0, cast(mul(cast(index, "float32"), 1.25), "int32")),
  indexAdd: (x, index) => indexAdd(x, 0, index, mul(indexSelect(x, 0, argmax(zeros([12, 2]), 1)), 2)),
  "softmaxCrossEntropy of lines": (x, labels) =>
    softmaxCrossEntropy(indexSelect(x, 0, argmax(zeros([12, 2]), 1)), labels),
  "softmaxCrossEntropy of maps": (x, labels) =>
    softmaxCrossEntropy(reshape(slice(x, [0, 4]), [1, 5, 4]), slice(reshape(labels, [1, 12]), [0, 1], [0, 4])),
  oneHot: (_, labels) => cast(oneHot(labels, 5), "float32"),
};

describe.each(engines)("compiled for $name: any indices", (engine) => {
  const index = fc.oneof({ arbitrary: fc.nat(4), weight: 20 }, fc.integer(), fc.constantFrom(-1, 5, 6, ...hostile));

  test.each(Object.entries(indexing))("%s gives or refuses what eager mode does", (_, f) => {
    const x = new Rng(1).uniform([6, 5], { low: -3, high: 3 });
    const run = withCanaries(f, engine);
    let [given, refused] = [0, 0];
    const property = fc.property(fc.array(index, { minLength: 12, maxLength: 12 }), (values) => {
      const indices = tensor(Int32Array.from(values));
      const outcome = run(x, indices);
      if (outcome instanceof Error) {
        refused++;
        expect(outcome).toBeInstanceOf(ShapeError);
        expect(() => f(x, indices)).toThrow(outcome.message);
      } else {
        given++;
        f(x, indices).data.forEach((value, i) => {
          expect(outcome[0]![i]).toBeCloseTo(value, 5);
        });
      }
    });
    fc.assert(property, { numRuns: 60 });
    expect([given > 5, refused > 5]).toEqual([true, true]); // so it was both
  });

  test("an embedding that is trained does not change when an index is refused", () => {
    const table = new Embedding(7, 3, { rng: new Rng(2) });
    const run = withCanaries((x: Tensor) => {
      const loss = () => sum(square(table.forward(x)));
      const [value, grads] = valueAndGrad(loss, [table.weight]);
      assign(table.weight, sub(table.weight, mul(grads.get(table.weight)!, 0.1)));
      return value;
    }, engine);
    const before = table.weight.toArray();
    for (const wrong of [7, -1, 2 ** 31 - 1, -(2 ** 31)]) {
      expect(run(tensor(Int32Array.of(0, wrong, 1)))).toBeInstanceOf(ShapeError);
      expect(table.weight.toArray()).toEqual(before);
    }
    expect(run(tensor(Int32Array.of(0, 6, 1)))).not.toBeInstanceOf(Error);
    expect(table.weight.toArray()).not.toEqual(before);
  });

  test("random draws of any shape", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), (shape) => {
        const layer = new Dropout(0.5, { rng: new Rng(3) });
        const run = withCanaries((x: Tensor) => sum(layer.forward(x), -1), engine);
        for (let call = 0; call < 2; call++) expect(run(ones(shape))).not.toBeInstanceOf(Error);
      }),
      { numRuns: 20 },
    );
  });
});

/** A kernel that goes astray by so many elements. */
describe.each([-1, 1, 4])("a kernel that is %i elements off is noticed", (elements) => {
  type Write = (f: FunctionBuilder, x: Address, y: Address) => void;
  const run = (write: Write) => {
    const op = kernel({ name: "stray", kernel: "stray", shape: (_, shape) => shape!, reference: () => {} });
    const lowering: KernelLowering = {
      accepts: () => true,
      flops: () => 0,
      kernel: () => ({ scratch: {}, each: (f, { inputs: [x], output }) => write(f, x!, output) }),
    };
    useKernels({ stray: lowering });
    return withCanaries((x: Tensor) => apply(op, [x]), simd128)(tensor([1]));
  };
  const copy = (readOff: number, writeOff: number) =>
    run((f, x, y) => {
      const value = f.local("f32");
      f.set(value, f.f32.load(f.i32.add(absolute(f, x), f.i32.const(4 * readOff))));
      f.f32.store(f.i32.add(absolute(f, y), f.i32.const(4 * writeOff)), f.get(value));
    });

  test("as it reads", () => {
    expect(() => copy(elements, 0)).toThrow("depends on what lies around");
  });

  test("as it writes", () => {
    expect(() => copy(0, elements)).toThrow("was written");
  });

  test("and not one that stays", () => {
    expect(copy(0, 0)).toEqual([Float32Array.of(1)]);
  });
});
