import { describe, expect, test } from "vitest";
import { largestDifference, runBothLayers } from "../../src/views/lab/mix/both-layers.ts";
import {
  entryValue,
  inChannels,
  initialMixing,
  outChannels,
  randomMixing,
  weightRange,
  withEntry,
} from "../../src/views/lab/mix/mixing.ts";
import { drawPicture, pictureNames } from "../../src/views/lab/mix/pictures.ts";
import { pixelSum } from "../../src/views/lab/mix/pixel-sum.ts";

describe.each(pictureNames)("%s", (name) => {
  const picture = drawPicture(name);

  test("is 8 × 8 with three channels in tenths", () => {
    expect(picture.side).toBe(8);
    expect(picture.channels).toHaveLength(3 * 64);
    for (const value of picture.channels) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
      expect(value).toBe(Math.fround(Math.round(value * 10) / 10));
    }
  });

  test("the 1×1 convolution and the dense layer give the same bits, whatever the weights", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { convolution, dense, largestDifference } = runBothLayers(picture, randomMixing(seed));
      expect(dense).toEqual(convolution);
      expect(largestDifference).toBe(0);
    }
  });

  test("the sum written out is what the layers compute at that pixel", () => {
    const mixing = randomMixing(7);
    const { convolution } = runBothLayers(picture, mixing);
    for (let row = 0; row < outChannels; row++) {
      for (let pixel = 0; pixel < 64; pixel++) {
        expect(pixelSum(picture, mixing, row, pixel).total).toBeCloseTo(convolution[row * 64 + pixel]!, 5);
      }
    }
  });
});

test("a changed weight moves its own output map only", () => {
  const picture = drawPicture("apple");
  const before = runBothLayers(picture, initialMixing);
  const after = runBothLayers(picture, withEntry(initialMixing, { row: 2, column: 1 }, 0.5));
  for (const answers of ["convolution", "dense"] as const) {
    for (let row = 0; row < outChannels; row++) {
      const map = (of: typeof before) => of[answers].subarray(row * 64, row * 64 + 64);
      const moved = largestDifference(map(before), map(after));
      if (row === 2) expect(moved).toBeGreaterThan(0.3);
      else expect(moved).toBe(0);
    }
  }
});

test("the last column of the matrix is the bias", () => {
  const changed = withEntry(initialMixing, { row: 3, column: inChannels }, 1.5);
  expect(changed).toEqual({ weights: initialMixing.weights, bias: [0, 0, 0.1, 1.5] });
  expect(entryValue(changed, { row: 3, column: inChannels })).toBe(1.5);
  expect(entryValue(changed, { row: 3, column: 2 })).toBe(-1.5);
});

test("random weights are in tenths, within the range, and the same for the same seed", () => {
  const mixing = randomMixing(3);
  expect(mixing).toEqual(randomMixing(3));
  expect(mixing).not.toEqual(randomMixing(4));
  for (const value of [...mixing.weights, ...mixing.bias]) {
    expect(Math.round(value * 10) / 10).toBe(value);
    expect(Math.abs(value)).toBeLessThanOrEqual(weightRange.max);
  }
});

test("a difference is found, and a NaN is not hidden", () => {
  expect(largestDifference(Float32Array.of(1, -2, 3), Float32Array.of(1, 2, 2))).toBe(4);
  expect(largestDifference(Float32Array.of(1, Number.NaN), Float32Array.of(1, 2))).toBeNaN();
});
