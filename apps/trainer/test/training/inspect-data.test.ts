import { ImageDataset, TensorDataset } from "@pointwise/data";
import { FormatError, tensor } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { inspectData } from "../../src/training/inspect-data.ts";

const facts = { name: "points", classes: ["a", "b", "c"], inputShape: [2], mean: [10, 20] };
const data = (rows: number[][], labels: number[]) => new TensorDataset(tensor(rows), tensor(Int32Array.from(labels)));
const good = data(
  [
    [0, 1],
    [2, 3],
    [1, 0],
  ],
  [0, 1, 2],
);
const parts = { train: good, validation: good, test: good };

test("says nothing of good data", () => {
  expect(inspectData(facts, parts)).toEqual([]);
});

describe("what cannot be worked with", () => {
  test.each([Number.NaN, Number.NEGATIVE_INFINITY])("%f in an input, by the number it has in the data", (value) => {
    const all = data(
      [
        [0, 1],
        [2, 3],
        [1, 0],
        [5, value],
        [1, 1],
      ],
      [0, 1, 2, 0, 1],
    );
    const inspect = () =>
      inspectData(facts, { ...parts, train: all.subset([0, 1, 2]), validation: all.subset([4, 3]) });
    expect(inspect).toThrow(FormatError);
    expect(inspect).toThrow(
      `The input of sample 3 of points (counted from 0; in the validation set) holds ${value}, in feature 1,`,
    );
  });

  test.each([3, -1])("the label %i, which is no class", (label) => {
    const test = data(
      [
        [0, 1],
        [1, 0],
      ],
      [0, label],
    );
    expect(() => inspectData(facts, { ...parts, test })).toThrow(
      `The label of sample 1 of points (counted from 0; in the test set) is ${label}, but there are 3 classes, numbered 0 to 2.`,
    );
  });
});

describe("what may make the training worse", () => {
  test("a class that is not trained", () => {
    const train = data(
      [
        [0, 1],
        [2, 3],
      ],
      [0, 1],
    );
    expect(inspectData(facts, { ...parts, train })).toEqual([
      "No training sample is of the class c: the model cannot learn it. The 2 held out of it will be mistaken for others.",
    ]);
    const one = data(
      [
        [0, 1],
        [1, 0],
      ],
      [0, 0],
    );
    expect(inspectData(facts, { train: one, validation: one, test: one })).toEqual([
      "No training sample is of the classes b, c: the model cannot learn them.",
    ]);
  });

  test("a feature that never varies", () => {
    const train = data(
      [
        [0, 0],
        [2, 0],
        [1, 0],
      ],
      [0, 1, 2],
    );
    expect(inspectData(facts, { ...parts, train })).toEqual([
      "Feature 1 (counted from 0) has the same value (20) in all training samples: there is nothing to learn from it.",
    ]);
  });

  const picture = (...pixels: number[]) => pixels;
  const pictures = (...all: number[][]) =>
    new ImageDataset({
      pixels: Uint8Array.from(all.flat()),
      shape: [all.length, 2, 1, 2],
      labels: Int32Array.from(all, (_, i) => i % 3),
    });
  const ofPictures = { ...facts, inputShape: [2, 1, 2] };
  const varied = [picture(0, 1, 2, 3), picture(5, 4, 7, 8), picture(0, 0, 1, 0)];

  test("pictures of one colour", () => {
    const train = pictures(...varied, picture(7, 7, 9, 9), picture(1, 1, 1, 1));
    const other = pictures(...varied);
    expect(inspectData(ofPictures, { train, validation: other, test: other })).toEqual([
      "2 training pictures are of one colour throughout (the first is sample 3, counted from 0). Is the file damaged?",
    ]);
  });

  test("a channel that never varies", () => {
    const train = pictures(picture(0, 1, 5, 5), picture(1, 0, 5, 5), picture(3, 3, 5, 5));
    expect(inspectData(ofPictures, { train, validation: train, test: train })[0]).toMatch(
      /^Channel 1 \(counted from 0\) has the same value/,
    );
  });
});
