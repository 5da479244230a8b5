import { Rng, ShapeError, tensor, zeros } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose, normalize, randomHorizontalFlip, randomShift } from "../src/index.ts";

/** Pictures whose values are all different, and not 0. */
const pictures = (n: number, channels: number, height: number, width: number) =>
  tensor(
    Float32Array.from({ length: n * channels * height * width }, (_, i) => i + 1),
    { shape: [n, channels, height, width] },
  );

describe("normalize", () => {
  test("takes a mean and deviation for each channel, or one for all", () => {
    const x = tensor([[[[1, 2]], [[10, 20]]]]);
    expect(normalize([1, 10], [2, 5])(x).toArray()).toEqual([[[[0, 0.5]], [[0, 2]]]]);
    expect(normalize(1, 2)(x).toArray()).toEqual([[[[0, 0.5]], [[4.5, 9.5]]]]);
    expect(normalize([1, 2], 1)(tensor([[3, 4]])).toArray()).toEqual([[2, 2]]); // features [B, F]
    expect(normalize(1, 1)(tensor([[[[1]]]], { dtype: "float64" })).dtype).toBe("float64");
  });

  test("refuses what does not fit", () => {
    expect(() => normalize([1, 2], 1)(zeros([1, 3, 2, 2]))).toThrow(
      "mean has 2 numbers, one for each channel, but the batch [1, 3, 2, 2] has 3 channels",
    );
    expect(() => normalize(0, [1, 2])(zeros([4]))).toThrow("has no dimension 1");
    expect(() => normalize(0, 0)).toThrow("std = 0");
    expect(() => normalize(Number.NaN, 1)).toThrow(/finite means/);
  });
});

describe("randomShift", () => {
  test("moves each picture as a whole, all channels alike, and fills what comes in", () => {
    const dims = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constant(2),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
    );
    fc.assert(
      fc.property(dims, fc.nat(5), fc.nat(), ([n, channels, height, width], max, seed) => {
        const x = pictures(n, channels, height, width);
        const out = randomShift(max, new Rng(seed), { fill: [-1, -2] })(x);
        const shifts = new Rng(seed).randint([n, 2], -max, max + 1).data; // down, right
        for (let i = 0; i < out.size; i++) {
          const [column, row, channel, picture] = [
            i % width,
            Math.floor(i / width) % height,
            Math.floor(i / width / height) % channels,
            Math.floor(i / width / height / channels),
          ];
          const [fromRow, fromColumn] = [row - shifts[2 * picture]!, column - shifts[2 * picture + 1]!];
          const inside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
          const source = ((picture * channels + channel) * height + fromRow) * width + fromColumn;
          expect(out.data[i]).toBe(inside ? x.data[source] : [-1, -2][channel]);
        }
      }),
    );
  });

  test("every shift comes up, each picture has its own, and the fill is 0", () => {
    const x = pictures(1, 1, 3, 3);
    const many = tensor(
      Float32Array.from({ length: 900 }, (_, i) => x.data[i % 9]!),
      { shape: [100, 1, 3, 3] },
    );
    const out = randomShift(1, new Rng(0))(many).data;
    const seen = new Set(Array.from({ length: 100 }, (_, i) => String(out.subarray(9 * i, 9 * i + 9))));
    expect(seen.size).toBe(9);
    expect(seen).toContain("0,0,0,0,1,2,0,4,5");
  });

  test("refuses what does not fit", () => {
    expect(() => randomShift(-1, new Rng(0))).toThrow("whole number of pixels ≥ 0, but is -1");
    expect(() => randomShift(1, new Rng(0))(zeros([2, 3]))).toThrow(ShapeError);
    expect(() => randomShift(1, new Rng(0))(zeros([2, 3]))).toThrow(
      "randomShift: expects pictures [batch, channels, height, width], but got [2, 3]",
    );
    expect(() => randomShift(1, new Rng(0), { fill: [0, 0] })(zeros([1, 3, 2, 2]))).toThrow("fill has 2 values");
  });
});

describe("randomHorizontalFlip", () => {
  const x = pictures(3, 2, 2, 3);

  test("always, or never", () => {
    expect(randomHorizontalFlip(new Rng(0), 0)(x).toArray()).toEqual(x.toArray());
    const flipped = randomHorizontalFlip(new Rng(0), 1)(x);
    expect([...flipped.data.subarray(0, 6)]).toEqual([3, 2, 1, 6, 5, 4]);
    expect(randomHorizontalFlip(new Rng(0), 1)(flipped).toArray()).toEqual(x.toArray());
  });

  test("each picture on its own, about as often as said", () => {
    const out = randomHorizontalFlip(
      new Rng(0),
      0.3,
    )(
      tensor(
        Float32Array.from({ length: 4000 }, (_, i) => i % 2),
        { shape: [1000, 1, 2, 2] },
      ),
    );
    const flips = Array.from({ length: 1000 }, (_, i) => out.data[4 * i]!);
    for (let i = 0; i < 1000; i++) expect(out.data[4 * i + 2]).toBe(flips[i]); // both rows alike
    const count = flips.reduce((sum, f) => sum + f, 0);
    expect(count).toBeGreaterThan(250);
    expect(count).toBeLessThan(350);
  });

  test("leaves its input alone, and refuses what does not fit", () => {
    const before = x.toArray();
    randomHorizontalFlip(new Rng(0), 1)(x);
    expect(x.toArray()).toEqual(before);
    expect(() => randomHorizontalFlip(new Rng(0), 2)).toThrow("between 0 and 1, but is 2");
    expect(() => randomHorizontalFlip(new Rng(0))(zeros([2, 2]))).toThrow(ShapeError);
  });
});

test("compose applies from the first to the last", () => {
  const x = tensor([[1]]);
  expect(compose(normalize(1, 1), normalize(0, 0.5))(x).toArray()).toEqual([[0]]);
  expect(compose(normalize(0, 0.5), normalize(1, 1))(x).toArray()).toEqual([[1]]);
  expect(compose()(x)).toBe(x);
});
