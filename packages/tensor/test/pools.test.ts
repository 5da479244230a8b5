import {
  adaptiveAvgPool2d,
  adaptiveAvgPool2dGradOp,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dIndicesOp,
  apply,
  avgPool2d,
  avgPool2dGradOp,
  cast,
  DTypeError,
  maxPool2d,
  maxPool2dGradOp,
  maxPool2dIndicesOp,
  ones,
  type Pool2dAttrs,
  Rng,
  type Shape,
  ShapeError,
  type Tensor,
  tensor,
  UsageError,
  zeros,
} from "@pointwise/tensor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose, inner } from "./expect-close.ts";

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const shapes = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 2 }), pair(1, 9))
  .map(([n, channels, size]): Shape => [n, channels, ...size]);

const maxima: fc.Arbitrary<{ shape: Shape; attrs: Pool2dAttrs; seed: number }> = fc.record({
  shape: shapes,
  attrs: fc.record({
    kernelSize: pair(1, 4),
    stride: pair(1, 3),
    padding: pair(0, 2),
    dilation: pair(1, 2),
    ceilMode: fc.boolean(),
  }),
  seed: fc.nat(),
});

const averages = maxima.map(({ attrs, ...rest }) => ({ ...rest, attrs: { ...attrs, dilation: [1, 1] as const } }));

/** What each window reads along one direction, by the definition; entries outside the picture included. */
function windows(size: number, { kernelSize, stride, padding, dilation, ceilMode }: Pool2dAttrs, i: 0 | 1): number[][] {
  const all: number[][] = [];
  const covered = dilation[i] * (kernelSize[i] - 1) + 1;
  for (let start = -padding[i]; ; start += stride[i]) {
    const fits = start + covered <= size + padding[i];
    const rest = start - stride[i] + covered < size + padding[i] && start < size; // the one before left some
    if (!(fits || (ceilMode && rest))) return all;
    all.push(Array.from({ length: kernelSize[i] }, (_, j) => start + j * dilation[i]));
  }
}

/** Whether PyTorch takes the options, and no window sees nothing but padding. */
function isValid(shape: Shape, attrs: Pool2dAttrs): boolean {
  return ([0, 1] as const).every((i) => {
    const size = shape[2 + i]!;
    const covered = attrs.dilation[i] * (attrs.kernelSize[i] - 1) + 1;
    const all = windows(size, attrs, i);
    const sees = (window: number[]) => window.some((j) => j >= 0 && j < size);
    return 2 * attrs.padding[i] <= covered && covered <= size + 2 * attrs.padding[i] && all.every(sees);
  });
}

/** Applies `fold` to what the windows of each map see: places in the map, row by row. */
function pool(x: Tensor, rows: number[][], columns: number[][], fold: (map: number, places: number[]) => number) {
  const [n, channels, height, width] = x.shape as readonly [number, number, number, number];
  const out: number[] = [];
  const inside = (window: number[], size: number) => window.filter((j) => j >= 0 && j < size);
  for (let map = 0; map < n * channels; map++) {
    for (const row of rows) {
      for (const column of columns) {
        const places = inside(row, height).flatMap((r) => inside(column, width).map((c) => r * width + c));
        out.push(fold(map * height * width, places));
      }
    }
  }
  return out;
}

/** Whole numbers from −2 to 2: many of them are equal. */
const withTies = (shape: Shape, seed: number) => cast(new Rng(seed).randint(shape, -2, 3), "float64");

const firstMaximum = (x: Tensor) => (map: number, places: number[]) =>
  places.reduce((best, p) => (x.data[map + p]! > x.data[map + best]! ? p : best));

test("maxPool2d, its indices and its gradient are what the definition says", () => {
  fc.assert(
    fc.property(maxima, ({ shape, attrs, seed }) => {
      fc.pre(isValid(shape, attrs));
      const x = withTies(shape, seed);
      const [rows, columns] = [windows(shape[2]!, attrs, 0), windows(shape[3]!, attrs, 1)];
      const out = maxPool2d(x, attrs.kernelSize, attrs);
      expect(out.shape).toEqual([shape[0], shape[1], rows.length, columns.length]);
      expectClose(
        out,
        pool(x, rows, columns, (map, places) => Math.max(...places.map((p) => x.data[map + p]!))),
      );

      const indices = apply(maxPool2dIndicesOp, [x], attrs);
      expect([...indices.data]).toEqual(pool(x, rows, columns, firstMaximum(x)));

      const grad = new Rng(seed).normal(out.shape, { dtype: "float64" });
      const inputGrad = apply(maxPool2dGradOp, [grad, x], attrs);
      expect(inner(inputGrad, x)).toBeCloseTo(inner(grad, out), 8);
    }),
    { numRuns: 300 },
  );
});

test("avgPool2d and its gradient are what the definition says", () => {
  fc.assert(
    fc.property(averages, fc.boolean(), ({ shape, attrs, seed }, countIncludePad) => {
      fc.pre(isValid(shape, attrs));
      const x = new Rng(seed).normal(shape, { dtype: "float64" });
      const [rows, columns] = [windows(shape[2]!, attrs, 0), windows(shape[3]!, attrs, 1)];
      const out = avgPool2d(x, attrs.kernelSize, { ...attrs, countIncludePad });
      expect(out.shape).toEqual([shape[0], shape[1], rows.length, columns.length]);

      const sums = pool(x, rows, columns, (map, places) => places.reduce((sum, p) => sum + x.data[map + p]!, 0));
      const seen = pool(x, rows, columns, (_, places) => places.length);
      const notBeyondPadding = (window: number[], i: 0 | 1) =>
        window.filter((j) => j < shape[2 + i]! + attrs.padding[i]).length;
      const padded = rows.flatMap((r) => columns.map((c) => notBeyondPadding(r, 0) * notBeyondPadding(c, 1)));
      expectClose(
        out,
        sums.map((sum, i) => sum / (countIncludePad ? padded[i % padded.length]! : seen[i]!)),
      );

      const grad = new Rng(seed).normal(out.shape, { dtype: "float64" });
      const inputGrad = apply(avgPool2dGradOp, [grad], {
        ...attrs,
        countIncludePad,
        inputSize: [shape[2]!, shape[3]!],
      });
      expect(inner(inputGrad, x)).toBeCloseTo(inner(grad, out), 8);
    }),
    { numRuns: 300 },
  );
});

test("adaptive pools read windows from ⌊i·H/n⌋ to ⌈(i + 1)·H/n⌉, evenly divided or not", () => {
  const adaptive = (size: number, count: number) =>
    Array.from({ length: count }, (_, i) =>
      Array.from({ length: size }, (_, j) => j).filter(
        (j) => j >= Math.floor((i * size) / count) && j < Math.ceil(((i + 1) * size) / count),
      ),
    );
  fc.assert(
    fc.property(shapes, pair(1, 6), fc.nat(), (shape, outputSize, seed) => {
      const x = withTies(shape, seed);
      const [rows, columns] = [adaptive(shape[2]!, outputSize[0]), adaptive(shape[3]!, outputSize[1])];
      const largest = adaptiveMaxPool2d(x, outputSize);
      expect(largest.shape).toEqual([shape[0], shape[1], ...outputSize]);
      expectClose(
        largest,
        pool(x, rows, columns, (map, places) => Math.max(...places.map((p) => x.data[map + p]!))),
      );
      const indices = apply(adaptiveMaxPool2dIndicesOp, [x], { outputSize });
      expect([...indices.data]).toEqual(pool(x, rows, columns, firstMaximum(x)));

      const mean = (map: number, places: number[]) =>
        places.reduce((sum, p) => sum + x.data[map + p]!, 0) / places.length;
      const means = adaptiveAvgPool2d(x, outputSize);
      expect(means.shape).toEqual(largest.shape);
      expectClose(means, pool(x, rows, columns, mean));
      const grad = new Rng(seed).normal(means.shape, { dtype: "float64" });
      const inputGrad = apply(adaptiveAvgPool2dGradOp, [grad], { inputSize: [shape[2]!, shape[3]!] });
      expect(inner(inputGrad, x)).toBeCloseTo(inner(grad, means), 8);
    }),
  );
});

test("padding is −∞ for a maximum, and 0 for an average, counted or not", () => {
  const x = tensor([-3, -6], { shape: [1, 1, 1, 2] });
  expect(maxPool2d(x, [1, 2], { stride: 1, padding: [0, 1] }).toArray()).toEqual([[[[-3, -3, -6]]]]);
  expect(avgPool2d(x, [1, 2], { stride: 1, padding: [0, 1] }).toArray()).toEqual([[[[-1.5, -4.5, -3]]]]);
  const notCounted = avgPool2d(x, [1, 2], { stride: 1, padding: [0, 1], countIncludePad: false });
  expect(notCounted.toArray()).toEqual([[[[-3, -4.5, -6]]]]);
});

test("NaN is the maximum; a window of −∞ has the maximum −∞", () => {
  const x = tensor([NaN, 9, 1, NaN, -Infinity, -Infinity], { shape: [1, 1, 1, 6] });
  expect(maxPool2d(x, [1, 2]).toArray()).toEqual([[[[NaN, NaN, -Infinity]]]]);
});

test("of equal maxima the first gets the gradient", () => {
  const x = ones([1, 1, 2, 2]);
  const attrs: Pool2dAttrs = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceilMode: false };
  const grad = apply(maxPool2dGradOp, [tensor([5], { shape: [1, 1, 1, 1] }), x], attrs);
  expect(grad.toArray()).toEqual([[[[5, 0], [0, 0]]]]); // biome-ignore format: a map
});

test("the stride is the kernel's size unless said otherwise", () => {
  expect(maxPool2d(zeros([1, 1, 9, 9]), [2, 3]).shape).toEqual([1, 1, 4, 3]);
  expect(avgPool2d(zeros([1, 1, 9, 9]), 3, { stride: [1, 2] }).shape).toEqual([1, 1, 7, 4]);
});

test("what does not fit is explained", () => {
  const x = zeros([2, 3, 4, 4]);
  const refused: [() => Tensor, typeof ShapeError | typeof UsageError | typeof DTypeError, string][] = [
    [() => maxPool2d(zeros([3, 4, 4]), 2), ShapeError, "maxPool2d: takes maps [N, C, H, W], but got [3, 4, 4]"],
    [() => avgPool2d(x, 5), ShapeError, "avgPool2d: a kernel of [5, 5] (dilation [1, 1], padding [0, 0]) does not fit"],
    [() => maxPool2d(zeros([1, 1, 0, 4]), [1, 2]), ShapeError, "does not fit maps of [0, 4]"],
    [() => maxPool2d(zeros([1, 1, 2, 9]), 2, { dilation: 3, padding: 1 }), ShapeError, "some windows see nothing"],
    [() => maxPool2d(x, 2, { padding: 2 }), UsageError, "maxPool2d: a padding of [2, 2] is more than half"],
    [() => maxPool2d(x, 0), UsageError, "kernelSize must be a whole number ≥ 1"],
    [() => avgPool2d(x, 2, { stride: [1, 0] }), UsageError, "stride must be a whole number ≥ 1"],
    [() => maxPool2d(cast(x, "int32"), 2), DTypeError, "maxPool2d: takes float32 or float64, but got int32"],
    [() => adaptiveAvgPool2d(x, 0), UsageError, "outputSize must be a whole number ≥ 1"],
    [() => adaptiveAvgPool2d(zeros([4, 4]), 1), ShapeError, "adaptiveAvgPool2d: takes maps [N, C, H, W]"],
    [() => adaptiveMaxPool2d(zeros([1, 1, 0, 4]), 1), ShapeError, "the maps of [1, 1, 0, 4] are empty"],
    [() => adaptiveMaxPool2d(cast(zeros([1, 1, 3, 3]), "bool"), 2), DTypeError, "adaptiveMaxPool2d: takes float32"],
  ];
  for (const [call, kind, message] of refused) {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  }
});
