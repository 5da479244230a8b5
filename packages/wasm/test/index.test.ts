import {
  argmaxOp,
  argminOp,
  cumsumOp,
  gatherOp,
  indexAddOp,
  indexSelectOp,
  type Shape,
  scatterAddOp,
  sizeOf,
} from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { argExtreme, at, cumsum, gather, indexAdd, indexSelect, scatterAdd } from "../src/index.ts";
import { expectSame, oddities, runKernel, values } from "./run-kernel.ts";

const seed = fc.nat(1e6);
const positive = fc.integer({ min: 1, max: 6 });

/** Indices below `size`. */
const indices = (count: number, size: number, seed: number): Int32Array =>
  Int32Array.from(values(count, seed), (v) => (v + 8) % size);

/** x, a dimension of it, and an index no larger in the others. */
const gathering = fc
  .array(positive, { minLength: 1, maxLength: 4 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      dim: fc.nat(shape.length - 1),
      indexShape: fc.tuple(...shape.map((d) => fc.oneof(fc.integer({ min: 1, max: d }), fc.constant(d)))),
      along: positive,
      seed,
    }),
  )
  .map(({ indexShape, along, dim, ...rest }) => ({ ...rest, dim, indexShape: indexShape.with(dim, along) }));

describe("gather", () => {
  test("reads what the indices name", () => {
    fc.assert(
      fc.property(gathering, ({ shape, dim, indexShape, seed }) => {
        const x = values(sizeOf(shape), seed);
        const index = indices(sizeOf(indexShape), shape[dim]!, seed + 1);
        const wanted = new Float32Array(index.length);
        const inputs = [
          { data: x, shape },
          { data: index, shape: indexShape },
        ];
        gatherOp.reference({ data: wanted, shape: indexShape }, { dim }, ...inputs);
        const spec = { shape, indexShape, dim, checkId: 3 };
        const { out } = runKernel({ x, index, out: index.length }, (context, f, { x, index, out }) =>
          gather(context, f, { ...spec, bytes: 4 }, { x: at(x), index: at(index), out: at(out) }),
        );
        expectSame(new Float32Array(out), wanted);
        const bools = Uint8Array.from(x, (v) => v + 8);
        const ofBools = runKernel(
          { x: bools, index, out: new Uint8Array(index.length) },
          (context, f, { x, index, out }) =>
            gather(context, f, { ...spec, bytes: 1 }, { x: at(x), index: at(index), out: at(out) }),
        );
        expectSame(
          new Uint8Array(ofBools.out),
          Uint8Array.from(wanted, (v) => v + 8),
        );
      }),
    );
  });
});

describe("scatterAdd", () => {
  test("adds where a gather would read", () => {
    fc.assert(
      fc.property(gathering, ({ shape, dim, indexShape, seed }) => {
        const index = indices(sizeOf(indexShape), shape[dim]!, seed + 1);
        const spec = { shape, indexShape, dim, checkId: 3 };
        for (const type of ["float32", "int32"] as const) {
          const TypedArray = type === "float32" ? Float32Array : Int32Array;
          const x = new TypedArray(values(sizeOf(shape), seed));
          const source = new TypedArray(values(index.length, seed + 2));
          const wanted = new TypedArray(x.length);
          const inputs = [
            { data: x, shape },
            { data: index, shape: indexShape },
            { data: source, shape: indexShape },
          ];
          scatterAddOp.reference({ data: wanted, shape }, { dim }, ...inputs);
          const { out } = runKernel({ x, index, source, out: x.length }, (context, f, { x, index, source, out }) =>
            scatterAdd(context, f, { ...spec, type }, { x: at(x), index: at(index), source: at(source), out: at(out) }),
          );
          expectSame(new TypedArray(out), wanted);
          const inPlace = runKernel({ x, index, source }, (context, f, { x, index, source }) =>
            scatterAdd(context, f, { ...spec, type }, { x: at(x), index: at(index), source: at(source), out: at(x) }),
          );
          expectSame(new TypedArray(inPlace.x), wanted);
        }
      }),
    );
  });
});

const selecting = fc.record({
  outer: positive,
  size: positive,
  run: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(100, 300)),
  count: positive,
  seed,
});

describe("indexSelect", () => {
  test("copies the entries that the indices name", () => {
    fc.assert(
      fc.property(selecting, ({ seed, ...sizes }) => {
        const { outer, size, run, count } = sizes;
        const x = values(outer * size * run, seed);
        const index = indices(count, size, seed + 1);
        const wanted = new Float32Array(outer * count * run);
        const inputs = [
          { data: x, shape: [outer, size, run] },
          { data: index, shape: [count] },
        ];
        indexSelectOp.reference({ data: wanted, shape: [outer, count, run] }, { dim: 1 }, ...inputs);
        const { out } = runKernel({ x, index, out: wanted.length }, (context, f, { x, index, out }) =>
          indexSelect(context, f, { ...sizes, checkId: 3, bytes: 4 }, { x: at(x), index: at(index), out: at(out) }),
        );
        expectSame(new Float32Array(out), wanted);
        const bools = Uint8Array.from(x, (v) => v + 8);
        const ofBools = runKernel(
          { x: bools, index, out: new Uint8Array(wanted.length) },
          (context, f, { x, index, out }) =>
            indexSelect(context, f, { ...sizes, checkId: 3, bytes: 1 }, { x: at(x), index: at(index), out: at(out) }),
        );
        expectSame(
          new Uint8Array(ofBools.out),
          Uint8Array.from(wanted, (v) => v + 8),
        );
      }),
    );
  });
});

describe("indexAdd", () => {
  test("adds entries to those that the indices name", () => {
    fc.assert(
      fc.property(selecting, ({ seed, ...sizes }) => {
        const { outer, size, run, count } = sizes;
        const index = indices(count, size, seed + 1);
        for (const type of ["float32", "int32"] as const) {
          const TypedArray = type === "float32" ? Float32Array : Int32Array;
          const x = new TypedArray(values(outer * size * run, seed));
          const source = new TypedArray(values(outer * count * run, seed + 2));
          const wanted = new TypedArray(x.length);
          const inputs = [
            { data: x, shape: [outer, size, run] },
            { data: index, shape: [count] },
            { data: source, shape: [outer, count, run] },
          ];
          indexAddOp.reference({ data: wanted, shape: [outer, size, run] }, { dim: 1 }, ...inputs);
          const { out } = runKernel({ x, index, source, out: x.length }, (context, f, { x, index, source, out }) =>
            indexAdd(
              context,
              f,
              { ...sizes, checkId: 3, type },
              { x: at(x), index: at(index), source: at(source), out: at(out) },
            ),
          );
          expectSame(new TypedArray(out), wanted);
        }
      }),
    );
  });
});

describe("an index out of range", () => {
  const x = values(24, 1);
  const untouched = Float32Array.of(1, 2, 3, 4, 5, 6);
  const check = (
    index: readonly number[],
    write: Parameters<typeof runKernel<"x" | "index" | "source" | "out">>[1],
  ) => {
    const refused: number[][] = [];
    const refuseIndex = (...x: number[]) => {
      refused.push(x);
      throw new Error("refused");
    };
    const buffers = { x, index: Int32Array.from(index), source: untouched, out: untouched };
    expect(() => runKernel(buffers, write, { host: { refuseIndex } })).toThrow("refused");
    return refused;
  };
  const shape = [4, 6];
  const indexShape = [1, 6];

  test.each([-1, 4, 2 ** 31 - 1, -(2 ** 31)])("%d is refused before anything is written", (wrong) => {
    const index = [0, 1, 2, wrong, 3, wrong];
    const kernels: Parameters<typeof check>[1][] = [
      (context, f, { x, index, out }) =>
        gather(
          context,
          f,
          { shape, indexShape, dim: 0, checkId: 3, bytes: 4 },
          { x: at(x), index: at(index), out: at(out) },
        ),
      (context, f, { x, index, source, out }) =>
        scatterAdd(
          context,
          f,
          { shape, indexShape, dim: 0, checkId: 3, type: "float32" },
          { x: at(x), index: at(index), source: at(source), out: at(out) },
        ),
      (context, f, { x, index, out }) =>
        indexSelect(
          context,
          f,
          { outer: 1, size: 4, run: 1, count: 6, checkId: 3, bytes: 4 },
          { x: at(x), index: at(index), out: at(out) },
        ),
      (context, f, { x, index, source, out }) =>
        indexAdd(
          context,
          f,
          { outer: 1, size: 4, run: 1, count: 6, checkId: 3, type: "float32" },
          { x: at(x), index: at(index), source: at(source), out: at(out) },
        ),
    ];
    for (const kernel of kernels) expect(check(index, kernel)).toEqual([[3, 3]]);
  });
});

const lines = fc.record({ outer: positive, width: fc.integer({ min: 1, max: 20 }), inner: positive, seed });

describe("argExtreme", () => {
  test.each([{ extreme: "largest", op: argmaxOp } as const, { extreme: "smallest", op: argminOp } as const])(
    "finds the $extreme values",
    ({ extreme, op }) => {
      fc.assert(
        fc.property(lines, fc.boolean(), ({ seed, ...sizes }, special) => {
          const { outer, width, inner } = sizes;
          const floats = values(outer * width * inner, seed, special ? oddities : []);
          for (const [type, x] of [
            ["float32", floats],
            ["int32", Int32Array.from(floats, (v) => v * 1e8)],
          ] as const) {
            const shape: Shape = [outer, width, inner];
            const wanted = new Int32Array(outer * inner);
            op.reference({ data: wanted, shape: [outer, 1, inner] }, { dim: 1 }, { data: x, shape });
            const { y } = runKernel({ x, y: wanted.length }, (context, f, { x, y }) =>
              argExtreme(context, f, { ...sizes, extreme, type }, { x: at(x), y: at(y) }),
            );
            expectSame(new Int32Array(y), wanted);
          }
        }),
      );
    },
  );
});

describe("cumsum", () => {
  test("gives the running sums", () => {
    fc.assert(
      fc.property(lines, ({ seed, ...sizes }) => {
        const { outer, width, inner } = sizes;
        const floats = values(outer * width * inner, seed).map((v) => v * 0.1);
        for (const [type, x] of [
          ["float32", floats],
          ["int32", Int32Array.from(floats, (v) => v * 1e9)],
          ["bool", Uint8Array.from(floats, (v) => Number(v > 0))],
        ] as const) {
          const wanted = type === "float32" ? new Float32Array(x.length) : new Int32Array(x.length);
          const shape = [outer, width, inner];
          cumsumOp.reference({ data: wanted, shape }, { dim: 1 }, { data: x, shape });
          const { y } = runKernel({ x, y: x.length }, (context, f, { x, y }) =>
            cumsum(context, f, { ...sizes, type }, { x: at(x), y: at(y) }),
          );
          expectSame(type === "float32" ? new Float32Array(y) : new Int32Array(y), wanted);
        }
      }),
    );
  });
});
