import {
  add,
  arange,
  broadcastTo,
  reshape,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
  sub,
  type Tensor,
  tensor,
  where,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";

/** Two shapes that broadcast: the dimensions of one result, some of them 1 or, in front, missing. */
const pair = fc.array(fc.record({ size: fc.integer({ min: 0, max: 4 }), a: fc.boolean(), b: fc.boolean() }), {
  maxLength: 4,
});
const cut = fc.tuple(fc.nat(4), fc.nat(4));

/** The value at a place of the result, by NumPy's rule: aligned at the end, a dimension of 1 has one value for all. */
function valueAt(x: Tensor, place: Shape): number {
  const strides = stridesOf(x.shape);
  const own = place.slice(place.length - x.rank);
  return x.data[own.reduce((sum, i, d) => sum + (x.shape[d] === 1 ? 0 : i) * strides[d]!, 0)]!;
}

const placeOf = (i: number, shape: Shape) => stridesOf(shape).map((stride, d) => Math.floor(i / stride) % shape[d]!);

test("binary ops broadcast as NumPy defines it", () => {
  fc.assert(
    fc.property(pair, cut, (dims, [cutA, cutB]) => {
      const shapeA = dims.map(({ size, a }) => (a ? 1 : size)).slice(Math.min(cutA, dims.length));
      const shapeB = dims.map(({ size, b }) => (b ? 1 : size)).slice(Math.min(cutB, dims.length));
      const rank = Math.max(shapeA.length, shapeB.length);
      const expected = Array.from({ length: rank }, (_, i) => {
        const [a, b] = [shapeA.at(i - rank) ?? 1, shapeB.at(i - rank) ?? 1];
        return a === 1 ? b : a;
      });
      const a = reshape(arange(sizeOf(shapeA)), shapeA);
      const b = reshape(arange(100, 100 + sizeOf(shapeB)), shapeB);
      const difference = sub(a, b);
      expect(difference.shape).toEqual(expected);
      difference.data.forEach((value, i) => {
        const place = placeOf(i, expected);
        expect(value).toBe(valueAt(a, place) - valueAt(b, place));
      });
    }),
  );
});

test("three inputs broadcast together", () => {
  const out = where(tensor([[true], [false]]), tensor([1, 2, 3]), tensor([[[4]], [[5]]]));
  expect(out.shape).toEqual([2, 2, 3]);
  expect(out.toArray()).toEqual([[[1, 2, 3], [4, 4, 4]], [[1, 2, 3], [5, 5, 5]]]); // biome-ignore format: nested
});

test("broadcastTo stretches, and refuses to shrink", () => {
  expect(broadcastTo(tensor([[1], [2]]), [2, 2, 2]).toArray()).toEqual([[[1, 1], [2, 2]], [[1, 1], [2, 2]]]); // biome-ignore format: nested
  expect(broadcastTo(zeros([1, 0]), [3, 0]).shape).toEqual([3, 0]);
  expect(() => broadcastTo(zeros([3]), [1])).toThrow(ShapeError);
  expect(() => broadcastTo(zeros([2, 3]), [3])).toThrow("broadcastTo: [2, 3] does not stretch to [3]");
});

test("shapes that do not fit name the op and the dimension", () => {
  expect(() => add(zeros([2, 3]), zeros([2, 4]))).toThrow(
    "add: cannot broadcast [2, 3] with [2, 4]: dimension -1 is 3 and 4. Aligned at the last dimension, sizes must be equal or 1.",
  );
});
