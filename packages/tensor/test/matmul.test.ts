import {
  broadcastShapes,
  cast,
  DTypeError,
  matmul,
  permute,
  Rng,
  reshape,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "./expect-close.ts";

/** Leading dimensions of both operands that broadcast, and the product's. */
const batches = fc
  .array(fc.record({ size: fc.integer({ min: 0, max: 3 }), a: fc.boolean(), b: fc.boolean() }), { maxLength: 2 })
  .chain((dims) => fc.tuple(fc.constant(dims), fc.nat(dims.length), fc.nat(dims.length)))
  .map(([dims, cutA, cutB]) => {
    const a = dims.map(({ size, a }) => (a ? 1 : size)).slice(cutA);
    const b = dims.map(({ size, b }) => (b ? 1 : size)).slice(cutB);
    return { a, b, out: broadcastShapes("", a, b) };
  });
const size = fc.integer({ min: 0, max: 11 });

/** The matrix of x that stands at a place of the product's leading dimensions, row by row. */
function matrixAt(x: Tensor, place: Shape): { at(r: number, c: number): number } {
  const strides = stridesOf(x.shape);
  const lead = x.rank - 2;
  const own = place.slice(place.length - lead);
  const base = own.reduce((sum, i, d) => sum + (x.shape[d] === 1 ? 0 : i) * strides[d]!, 0);
  return { at: (r, c) => x.data[base + r * x.shape.at(-1)! + c]! };
}

/** The definition. */
function product(a: Tensor, b: Tensor, batch: Shape, [m, k, n]: readonly [number, number, number]): number[] {
  const out: number[] = [];
  const strides = stridesOf(batch);
  for (let i = 0; i < sizeOf(batch); i++) {
    const place = strides.map((stride, d) => Math.floor(i / stride) % batch[d]!);
    const [left, right] = [matrixAt(a, place), matrixAt(b, place)];
    for (let r = 0; r < m; r++) {
      for (let c = 0; c < n; c++) {
        let sum = 0;
        for (let j = 0; j < k; j++) sum += left.at(r, j) * right.at(j, c);
        out.push(sum);
      }
    }
  }
  return out;
}

test("products of matrices and batches of them are what the definition says, transposed or not", () => {
  const flags = fc.tuple(fc.boolean(), fc.boolean());
  fc.assert(
    fc.property(
      batches,
      fc.tuple(size, size, size),
      flags,
      fc.nat(),
      (batch, [m, k, n], [transposeA, transposeB], seed) => {
        const rng = new Rng(seed);
        const a = rng.normal([...batch.a, m, k], { dtype: "float64" });
        const b = rng.normal([...batch.b, k, n], { dtype: "float64" });
        const expected = product(a, b, batch.out, [m, k, n]);
        const [left, right] = [transposeA ? transpose(a) : a, transposeB ? transpose(b) : b];
        const out = matmul(left, right, { transposeA, transposeB });
        expect(out.shape).toEqual([...batch.out, m, n]);
        expectClose(out, expected);
        const inFloat32 = matmul(cast(left, "float32"), cast(right, "float32"), { transposeA, transposeB });
        expect(inFloat32.dtype).toBe("float32");
        expectClose(inFloat32, expected, 1e-5);
      },
    ),
    { numRuns: 200 },
  );
});

test("a vector is a row on the left and a column on the right", () => {
  fc.assert(
    fc.property(batches, size, size, fc.nat(), ({ a: batch }, k, n, seed) => {
      const rng = new Rng(seed);
      const vector = rng.normal([k], { dtype: "float64" });
      const matrices = rng.normal([...batch, k, n], { dtype: "float64" });
      const row = matmul(vector, matrices);
      expect(row.shape).toEqual([...batch, n]);
      expectClose(row, [...matmul(reshape(vector, [1, k]), matrices).data]);
      const column = matmul(transpose(matrices), vector);
      expect(column.shape).toEqual([...batch, n]);
      expectClose(column, [...row.data]);
      expectClose(matmul(matrices, vector, { transposeA: true }), [...row.data]);
    }),
  );
  expect(matmul(tensor([1, 2, 3]), tensor([4, 5, 6])).toArray()).toBe(32);
});

test("sums of float32 values are rounded once, at the end", () => {
  const terms = tensor([1e8, 1, -1e8]);
  expect(matmul(terms, tensor([1, 1, 1])).item()).toBe(1);
});

test("dtypes are promoted, integers multiply exactly, bools are refused", () => {
  const integers = tensor([[1, 2], [3, 4]], { dtype: "int32" }); // biome-ignore format: a matrix
  expect(matmul(integers, integers)).toMatchObject({ dtype: "int32" });
  expect(matmul(integers, integers).toArray()).toEqual([[7, 10], [15, 22]]); // biome-ignore format: a matrix
  expect(matmul(integers, zeros([2, 2])).dtype).toBe("float32");
  expect(matmul(zeros([2, 2]), zeros([2, 2], { dtype: "float64" })).dtype).toBe("float64");
  expect(() => matmul(integers, tensor([true, false]))).toThrow(DTypeError);
});

test("a non-finite value spoils its row and column only", () => {
  const a = tensor([[NaN, 1], [1, 1], [Infinity, 0]]); // biome-ignore format: a matrix
  const b = tensor([[1, 1, 1, 1, -1], [1, 1, 1, 1, 1]]); // biome-ignore format: a matrix
  expect(matmul(a, b).toArray()).toEqual([
    [NaN, NaN, NaN, NaN, NaN],
    [2, 2, 2, 2, 0],
    [Infinity, Infinity, Infinity, Infinity, -Infinity],
  ]);
});

test("what does not fit is explained with the shapes as they came", () => {
  const refused: [() => Tensor, string][] = [
    [
      () => matmul(zeros([2, 3]), zeros([4, 5])),
      "matmul: cannot multiply [2, 3] by [4, 5]: the rows of the first have 3 entries and the columns of the second 4;",
    ],
    [() => matmul(zeros([7, 2, 3]), zeros([4, 5])), "cannot multiply [7, 2, 3] by [4, 5]"],
    [() => matmul(zeros([2, 3]), zeros([3, 5]), { transposeB: true }), "[2, 3] by [3, 5] with transposeB"],
    [() => matmul(zeros([2, 2, 3]), zeros([3, 3, 4])), "matmul (leading dimensions): cannot broadcast [2] with [3]"],
    [() => matmul(zeros([]), zeros([3])), "the first operand is a scalar"],
    [() => matmul(zeros([3]), zeros([3]), { transposeB: true }), "the second operand [3] is a vector"],
  ];
  for (const [call, message] of refused) {
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  }
});

test("a permuted operand is read as it is seen", () => {
  const x = new Rng(1).normal([3, 4, 2]);
  const y = new Rng(2).normal([3, 5]);
  expectClose(matmul(permute(x, [1, 2, 0]), y), [...matmul(reshape(permute(x, [1, 2, 0]), [8, 3]), y).data]);
});
