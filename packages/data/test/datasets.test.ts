import { Rng, tensor } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  channelStatistics,
  ImageDataset,
  type LabelledImages,
  randomSplit,
  Subset,
  TensorDataset,
} from "../src/index.ts";

const rows = (n: number, width: number) =>
  tensor(
    Float32Array.from({ length: n * width }, (_, i) => i),
    { shape: [n, width] },
  );
const numbers = (n: number) => tensor(Int32Array.from({ length: n }, (_, i) => i));

describe("TensorDataset", () => {
  const dataset = new TensorDataset(rows(4, 3), numbers(4));

  test("gives rows in the order asked for, more than once if asked", () => {
    const [x, y] = dataset.batch([2, 0, 2]);
    expect(x.toArray()).toEqual([
      [6, 7, 8],
      [0, 1, 2],
      [6, 7, 8],
    ]);
    expect(y.toArray()).toEqual([2, 0, 2]);
    expect([x.dtype, y.dtype]).toEqual(["float32", "int32"]);
  });

  test("copies: a batch that is changed leaves the dataset alone", () => {
    const [x] = dataset.batch([1]);
    x.data.fill(-1);
    expect(dataset.batch([1])[0].toArray()).toEqual([[3, 4, 5]]);
  });

  test.each(["float64", "int32", "bool"] as const)("keeps %s inputs, of any rank", (dtype) => {
    const inputs = tensor([[[[1, 0]]], [[[0, 1]]]], { dtype });
    const [x, y] = new TensorDataset(inputs, inputs).batch(Int32Array.of(1));
    expect([x.dtype, x.shape, x.toArray()]).toEqual([dtype, [1, 1, 1, 2], [[[[0, 1]]]]]);
    expect(y.toArray()).toEqual(x.toArray());
  });

  test("an empty batch has no rows", () => {
    expect(dataset.batch([])[0].shape).toEqual([0, 3]);
  });

  test.each([[4], [-1], [0.5], [Number.NaN]])("refuses the index %s", (index) => {
    expect(() => dataset.batch([0, index])).toThrow(
      `TensorDataset.batch: there is no sample ${index} (at position 1 of the indices); its samples are numbered 0 to 3.`,
    );
  });

  test("refuses another number of targets than of inputs, and scalars", () => {
    expect(() => new TensorDataset(rows(4, 3), numbers(5))).toThrow(
      /inputs \[4, 3\] and targets \[5\] .* one target for/,
    );
    expect(() => new TensorDataset(tensor(1), tensor(1))).toThrow(/same first dimension/);
  });

  test("split gives the first and the rest", () => {
    const [first, rest] = dataset.split(3);
    expect([first.length, rest.length]).toEqual([3, 1]);
    expect(rest.batch([0])[1].toArray()).toEqual([3]);
    expect(dataset.split(0)[1].length).toBe(4);
    for (const n of [-1, 5, 1.5]) expect(() => dataset.split(n)).toThrow(`from 0 to 4, but is ${n}`);
  });

  test("subset checks its numbers at once", () => {
    expect(dataset.subset([3, 1]).batch([1, 0])[1].toArray()).toEqual([1, 3]);
    expect(() => dataset.subset([4])).toThrow("Subset: there is no sample 4");
    expect(() => dataset.subset([3]).batch([1])).toThrow("Subset.batch: there is no sample 1");
    expect(() => dataset.subset([]).batch([0])).toThrow("it is empty");
  });
});

describe("randomSplit", () => {
  const dataset = new TensorDataset(rows(10, 1), numbers(10));

  test("divides all samples, the same way for the same seed", () => {
    const parts = (seed: number) => randomSplit(dataset, [7, 3, 0], new Rng(seed)).map((part) => [...part.indices]);
    expect(parts(1).map((part) => part.length)).toEqual([7, 3, 0]);
    expect(parts(1).flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(parts(1)).toEqual(parts(1));
    expect(parts(1)).not.toEqual(parts(2));
  });

  test.each([[[7, 2]], [[11, -1]], [[9.5, 0.5]]])("refuses the lengths %j", (lengths) => {
    expect(() => randomSplit(dataset, lengths, new Rng(0))).toThrow(/add up to the 10 samples/);
  });
});

describe("ImageDataset", () => {
  const images: LabelledImages = {
    pixels: Uint8Array.of(0, 255, 51, 102, 0, 0, 255, 255),
    shape: [2, 2, 1, 2],
    labels: Int32Array.of(4, 7),
  };

  test("scales to 0…1 without statistics", () => {
    const [x, y] = new ImageDataset(images).batch([1, 0]);
    expect(x.shape).toEqual([2, 2, 1, 2]);
    expect([...x.data]).toEqual([0, 0, 1, 1, 0, 1, 0.2, 0.4].map(Math.fround));
    expect([y.dtype, y.toArray()]).toEqual(["int32", [7, 4]]);
  });

  test("normalised by its own statistics, each channel has mean 0 and deviation 1", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (pixels) => {
        const set: LabelledImages = { pixels, shape: [3, 2, 1, 2], labels: new Int32Array(3) };
        const [x] = new ImageDataset(set, channelStatistics(set)).batch([0, 1, 2]);
        for (const channel of [0, 1]) {
          const values = [...x.data].filter((_, i) => Math.floor(i / 2) % 2 === channel);
          const mean = values.reduce((sum, v) => sum + v, 0) / 6;
          const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 6;
          const constant = values.every((v) => v === values[0]);
          expect(mean).toBeCloseTo(0, 5);
          expect(variance).toBeCloseTo(constant ? 0 : 1, 4);
        }
      }),
    );
  });

  test("statistics are those of the scaled pixels", () => {
    const { mean, std } = channelStatistics({
      pixels: Uint8Array.of(0, 255, 51, 51),
      shape: [1, 2, 1, 2],
      labels: new Int32Array(1),
    });
    expect(mean).toEqual([0.5, 0.2]);
    expect(std).toEqual([0.5, 1]); // the second channel never varies
  });

  test("refuses what does not fit together", () => {
    expect(() => new ImageDataset({ ...images, shape: [2, 2, 2, 2] })).toThrow("8 pixels and 2 labels do not fit");
    expect(() => new ImageDataset({ ...images, labels: new Int32Array(3) })).toThrow(
      "8 pixels and 3 labels do not fit",
    );
    expect(() => new ImageDataset(images, { mean: [0], std: [1] })).toThrow(/for each of 2 channels/);
    expect(() => new ImageDataset(images, { mean: [0, 0], std: [1, 0] })).toThrow(/deviation > 0/);
    expect(() => new ImageDataset(images).batch([2])).toThrow("there is no sample 2");
    expect(() =>
      channelStatistics({ pixels: new Uint8Array(), shape: [0, 1, 2, 2], labels: new Int32Array() }),
    ).toThrow("have no pixels");
  });

  test("a subset of it gives the same batches", () => {
    const dataset = new ImageDataset(images);
    expect(new Subset(dataset, [1]).batch([0])[0].toArray()).toEqual(dataset.batch([1])[0].toArray());
  });
});
