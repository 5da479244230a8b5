import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, type ElementType, fill, type StridedCopySpec, stridedCopy } from "../src/index.ts";
import { runKernel } from "./run-kernel.ts";

/** How a block lies in memory: dimensions in any order, with gaps and steps, backwards too. */
const layout = (rank: number) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: rank }, (_, i) => i),
      { minLength: rank, maxLength: rank },
    ),
    gaps: fc.array(fc.nat(2), { minLength: rank, maxLength: rank }),
    steps: fc.array(fc.constantFrom(1, 1, 1, 2, 3, -1, -1, -2), { minLength: rank, maxLength: rank }),
    start: fc.nat(3),
  });

function place(sizes: readonly number[], { order, gaps, steps, start }: Layout) {
  const strides = sizes.map(() => 0);
  let [offset, extent] = [start, 1];
  for (const dim of order) {
    strides[dim] = steps[dim]! * extent;
    if (steps[dim]! < 0) offset -= (sizes[dim]! - 1) * strides[dim]!;
    extent *= (sizes[dim]! - 1) * Math.abs(steps[dim]!) + 1 + gaps[dim]!;
  }
  return { strides, offset, length: extent + start };
}

type Layout = { order: number[]; gaps: number[]; steps: number[]; start: number };

/** Where each value of the block is, row-major. */
function offsets(sizes: readonly number[], strides: readonly number[], start: number): number[] {
  let all = [start];
  sizes.forEach((size, dim) => {
    all = all.flatMap((offset) => Array.from({ length: size }, (_, i) => offset + i * strides[dim]!));
  });
  return all;
}

const sizes = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 }),
  fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 2 }),
  fc.constantFrom([400], [3, 300]),
);

const block = sizes.chain((sizes) => {
  const straight = fc.constant<Layout>({
    order: sizes.map((_, i) => sizes.length - 1 - i),
    gaps: sizes.map(() => 0),
    steps: sizes.map(() => 1),
    start: 0,
  });
  const any = fc.oneof(layout(sizes.length), straight);
  return fc
    .record({ from: any, to: any, repeated: fc.nat(9), bytes: fc.constantFrom(1 as const, 4 as const) })
    .map(({ from, to, repeated, bytes }) => {
      const [source, target] = [place(sizes, from), place(sizes, to)];
      const fromStrides = source.strides.map((stride, dim) => (dim === repeated ? 0 : stride));
      const spec: StridedCopySpec = {
        ...{ sizes, fromStrides, fromOffset: source.offset },
        ...{ toStrides: target.strides, toOffset: target.offset, bytes },
      };
      return { spec, fromLength: source.length, toLength: target.length };
    });
});

describe("stridedCopy", () => {
  test("copies blocks of any layout, and nothing else", () => {
    fc.assert(
      fc.property(block, ({ spec, fromLength, toLength }) => {
        const TypedArray = spec.bytes === 4 ? Int32Array : Uint8Array;
        const from = new TypedArray(fromLength);
        for (let i = 0; i < fromLength; i++) from[i] = i + 1;
        const to = new TypedArray(toLength);
        const got = runKernel({ from, to }, (context, f, address) =>
          stridedCopy(context, f, spec, { from: at(address.from), to: at(address.to) }),
        );
        const target = offsets(spec.sizes, spec.toStrides, spec.toOffset);
        const source = offsets(spec.sizes, spec.fromStrides, spec.fromOffset);
        for (const [i, place] of target.entries()) to[place] = from[source[i]!]!;
        expect(new TypedArray(got.to)).toEqual(to);
      }),
      { numRuns: 300 },
    );
  });

  test("copies nothing where a size is 0", () => {
    const spec = {
      sizes: [3, 0],
      fromOffset: 0,
      fromStrides: [0, 1],
      toOffset: 0,
      toStrides: [0, 1],
      bytes: 4,
    } as const;
    const to = Int32Array.of(7);
    const got = runKernel({ from: to, to }, (context, f, address) =>
      stridedCopy(context, f, spec, { from: at(address.from), to: at(address.to) }),
    );
    expect(new Int32Array(got.to)).toEqual(to);
  });
});

describe("fill", () => {
  test.each<[ElementType, number]>([
    ["float32", 1.5],
    ["float32", 0],
    ["float32", -0],
    ["float32", Number.NEGATIVE_INFINITY],
    ["int32", -7],
    ["int32", 0],
    ["bool", 1],
  ])("fills %s with %d", (type, value) => {
    const TypedArray = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[type];
    for (const count of [0, 1, 2, 3, 4, 63, 64, 67, 1000]) {
      const to = new TypedArray(count + 1);
      const got = runKernel({ to }, (context, f, address) => fill(context, f, { type, count, value }, at(address.to)));
      expect([...new TypedArray(got.to)]).toEqual([...new Array<number>(count).fill(value), 0]);
    }
  });
});
