import {
  arange,
  argsort,
  concat,
  cumsum,
  einsum,
  eye,
  flatten,
  flip,
  gather,
  indexAdd,
  indexSelect,
  narrow,
  oneHot,
  pad,
  permute,
  type Range,
  reshape,
  type Shape,
  scatterAdd,
  select,
  sizeOf,
  slice,
  sort,
  split,
  squeeze,
  stack,
  stridesOf,
  type Tensor,
  tensor,
  tile,
  topk,
  transpose,
  unsqueeze,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const numbered = (shape: Shape): Tensor => reshape(arange(sizeOf(shape)), shape);
const placeOf = (i: number, shape: Shape) => stridesOf(shape).map((stride, d) => Math.floor(i / stride) % shape[d]!);
const at = (x: Tensor, place: readonly number[]): number => {
  const strides = stridesOf(x.shape);
  return x.data[place.reduce((sum, i, d) => sum + i * strides[d]!, 0)]!;
};
/** Checks every element of `x` against what `expected` says of its place. */
function expectElements(x: Tensor, expected: (place: number[]) => number): void {
  const wanted = Array.from({ length: x.size }, (_, i) => expected(placeOf(i, x.shape)));
  expect(Array.from(x.data)).toEqual(wanted);
}

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 });
const wide = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }); // long enough for copied runs

describe("by their definition, on random shapes", () => {
  test("permute", () => {
    const shuffled = fc
      .oneof(shapes, wide)
      .chain((shape) =>
        fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
      );
    fc.assert(
      fc.property(shuffled, ([shape, dims]) => {
        const x = numbered(shape);
        const y = permute(x, dims);
        expect(y.shape).toEqual(dims.map((d) => shape[d]));
        expectElements(y, (place) => at(x, shape.map((_, d) => place[dims.indexOf(d)]!))); // biome-ignore format: short
      }),
    );
  });

  test("slice, as Python slices", () => {
    const range = fc.oneof(
      fc.constant(null),
      fc.tuple(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 }), fc.integer({ min: 1, max: 4 })),
    );
    const sliced = fc
      .oneof(shapes, wide)
      .chain((shape) => fc.tuple(fc.constant(shape), fc.array(range, { maxLength: shape.length })));
    fc.assert(
      fc.property(sliced, ([shape, ranges]) => {
        const x = numbered(shape);
        const chosen = shape.map((size, d) => indices(size, ranges[d] ?? null));
        const y = slice(x, ...ranges);
        expect(y.shape).toEqual(chosen.map((c) => c.length));
        expectElements(y, (place) => at(x, place.map((i, d) => chosen[d]![i]!))); // biome-ignore format: short
      }),
    );
  });

  test("pad and flip", () => {
    const width = fc.tuple(fc.nat(3), fc.nat(3));
    const padded = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.array(width, { minLength: shape.length, maxLength: shape.length })),
    );
    fc.assert(
      fc.property(padded, ([shape, widths]) => {
        const x = numbered(shape);
        expectElements(pad(x, widths, -7), (place) => {
          const inner = place.map((i, d) => i - widths[d]![0]);
          return inner.every((i, d) => i >= 0 && i < shape[d]!) ? at(x, inner) : -7;
        });
        expectElements(flip(x, 0), ([first, ...rest]) => at(x, [shape[0]! - 1 - first!, ...rest]));
      }),
    );
  });

  test("concat and split are each other's inverse", () => {
    const parts = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.array(fc.nat(3), { minLength: 1, maxLength: 4 })),
    );
    fc.assert(
      fc.property(parts, ([shape, dim, sizes]) => {
        const whole = numbered(shape.with(dim, sizes.reduce((a, b) => a + b))); // biome-ignore format: short
        const pieces = split(whole, sizes, dim);
        expect(pieces.map((p) => p.shape[dim])).toEqual(sizes);
        const joined = concat(pieces, dim - shape.length);
        expect(joined.shape).toEqual(whole.shape);
        expect(joined.toArray()).toEqual(whole.toArray());
      }),
    );
  });

  test("gather, scatterAdd, indexSelect and indexAdd", () => {
    const cases = fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
      .chain((shape) =>
        fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.nat(4), fc.infiniteStream(fc.nat(99))),
      );
    fc.assert(
      fc.property(cases, ([shape, dim, count, stream]) => {
        const x = numbered(shape);
        const draw = (size: Shape) =>
          tensor(
            Int32Array.from({ length: sizeOf(size) }, () => stream.next().value % shape[dim]!),
            { shape: size },
          );
        const index = draw(shape.with(dim, count));
        expectElements(gather(x, dim, index), (place) => at(x, place.with(dim, at(index, place))));
        const source = numbered(index.shape);
        expectElements(scatterAdd(x, dim, index, source), (place) => {
          let sum = at(x, place);
          for (let i = 0; i < count; i++) {
            if (at(index, place.with(dim, i)) === place[dim]) sum += at(source, place.with(dim, i));
          }
          return sum;
        });
        const rows = draw([count]);
        expectElements(indexSelect(x, dim, rows), (place) => at(x, place.with(dim, rows.data[place[dim]!]!)));
        expectElements(indexAdd(x, dim, rows, source), (place) =>
          Array.from(rows.data).reduce(
            (sum, row, i) => (row === place[dim] ? sum + at(source, place.with(dim, i)) : sum),
            at(x, place),
          ),
        );
      }),
    );
  });

  test("sort is stable, either way, with NaN as the largest", () => {
    const row = fc.array(fc.constantFrom(0, 1, 2, -1, NaN, Infinity, -Infinity), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(row, fc.boolean(), (values, descending) => {
        const rank = (v: number) => (Number.isNaN(v) ? Infinity : v === Infinity ? 1e9 : v);
        const order = [...values.keys()].sort((i, j) => {
          const [a, b] = [rank(values[i]!), rank(values[j]!)];
          return a === b ? i - j : (a < b ? -1 : 1) * (descending ? -1 : 1);
        });
        const x = transpose(tensor([values, values]));
        expect(transpose(argsort(x, 0, { descending })).toArray()).toEqual([order, order]);
        expect(Array.from(sort(tensor(values), 0, { descending }).values.data)).toEqual(order.map((i) => values[i]));
      }),
    );
  });

  test("einsum, by nested loops", () => {
    const letters = fc.uniqueArray(fc.constantFrom(..."ijkl"), { maxLength: 3 });
    const equation = fc
      .tuple(letters, letters)
      .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.shuffledSubarray([...new Set([...a, ...b])])));
    fc.assert(
      fc.property(equation, ([left, right, out]) => {
        const sizes: Record<string, number> = { i: 2, j: 3, k: 4, l: 1 };
        const shapeOf = (names: readonly string[]) => names.map((c) => sizes[c]!);
        const [a, b] = [numbered(shapeOf(left)), numbered(shapeOf(right))];
        const all = [...new Set([...left, ...right])];
        const sums = zeros(shapeOf(out)).data.slice();
        for (let i = 0; i < sizeOf(shapeOf(all)); i++) {
          const place = Object.fromEntries(placeOf(i, shapeOf(all)).map((value, d) => [all[d]!, value]));
          const pick = (names: readonly string[]) => names.map((c) => place[c]!);
          const strides = stridesOf(shapeOf(out));
          sums[pick(out).reduce((sum, p, d) => sum + p * strides[d]!, 0)]! += at(a, pick(left)) * at(b, pick(right));
        }
        const result = einsum(`${left.join("")}, ${right.join("")} -> ${out.join("")}`, a, b);
        expect(result.shape).toEqual(shapeOf(out));
        expect(Array.from(result.data)).toEqual(Array.from(sums));
      }),
    );
  });
});

/** Python's range(size)[start:stop:step]. */
function indices(size: number, range: Range): number[] {
  const [start, stop, step = 1] = range ?? [0, size];
  const clip = (i: number) => Math.max(0, Math.min(size, i < 0 ? i + size : i));
  const chosen: number[] = [];
  for (let i = clip(start); i < clip(stop); i += step) chosen.push(i);
  return chosen;
}

describe("by example", () => {
  const x = numbered([2, 3]);

  test("views", () => {
    expect(flatten(numbered([2, 3, 4]), 1).shape).toEqual([2, 12]);
    expect(flatten(tensor(1)).shape).toEqual([1]);
    expect(squeeze(zeros([1, 2, 1])).shape).toEqual([2]);
    expect(squeeze(zeros([1, 2, 1]), -1).shape).toEqual([1, 2]);
    expect(unsqueeze(x, -1).shape).toEqual([2, 3, 1]);
    expect(reshape(x, [-1, 2]).shape).toEqual([3, 2]);
    expect(reshape(x, [6]).storage).toBe(x.storage);
    expect(permute(x, [0, 1])).toBe(x);
  });

  test("selecting", () => {
    expect(select(x, 0, -1).toArray()).toEqual([3, 4, 5]);
    expect(narrow(x, 1, 1, 2).toArray()).toEqual([[1, 2], [4, 5]]); // biome-ignore format: a matrix
    expect(slice(x, null, [-2, Infinity]).toArray()).toEqual([[1, 2], [4, 5]]); // biome-ignore format: a matrix
    expect(split(arange(5), 2).map((p) => p.toArray())).toEqual([[0, 1], [2, 3], [4]]); // biome-ignore format: short
    expect(topk(tensor([[1, 3, 2], [5, 4, 6]]), 2).values.toArray()).toEqual([[3, 2], [6, 5]]); // biome-ignore format: short
    expect(topk(tensor([1, 3, 2]), 2).indices.toArray()).toEqual([1, 2]);
  });

  test("joining", () => {
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
    expect(stack([tensor([1, 2]), tensor([3, 4])], -1).toArray()).toEqual([[1, 3], [2, 4]]); // biome-ignore format: a matrix
    expect(tile(tensor([[1, 2]]), [2, 2]).toArray()).toEqual([[1, 2, 1, 2], [1, 2, 1, 2]]); // biome-ignore format: a matrix
  });

  test("the rest", () => {
    expect(cumsum(x, 1).toArray()).toEqual([[0, 1, 3], [3, 7, 12]]); // biome-ignore format: a matrix
    expect(oneHot(tensor(new Int32Array([2, 0])), 3).toArray()).toEqual([[0, 0, 1], [1, 0, 0]]); // biome-ignore format: a matrix
    expect(einsum("ij,kj", x, eye(3)).shape).toEqual([2, 3]);
    expect(einsum("ba,b", x, tensor([1, 10])).toArray()).toEqual([30, 41, 52]);
  });
});
