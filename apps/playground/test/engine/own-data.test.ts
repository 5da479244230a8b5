import { expect, test } from "vitest";
import { splitPictures } from "../../src/engine/datasets/pictures.ts";
import { readTable } from "../../src/engine/datasets/table.ts";
import { describeData } from "../../src/engine/preview.ts";

const table = (text: string) => ({ name: "t.csv", text });
const lines = Array.from({ length: 20 }, (_, i) => `${i},${100 - i},${i % 2 ? "odd" : "even"}`);

test("a table is divided, and normalised by what is trained on; the preview undoes it", () => {
  const data = readTable(table(["up,down,class", ...lines].join("\n")));
  expect(data).toMatchObject({ inputShape: [2], classes: ["even", "odd"], features: ["up", "down"] });
  expect([data.train.length, data.test.length]).toEqual([16, 4]);
  const [x] = data.train.batch(Array.from({ length: 16 }, (_, i) => i));
  for (const column of [0, 1]) {
    const values = [...x.data].filter((_, i) => i % 2 === column);
    expect(values.reduce((a, b) => a + b, 0) / 16).toBeCloseTo(0, 5);
    expect(values.reduce((a, b) => a + b * b, 0) / 16).toBeCloseTo(1, 4);
  }
  const { samples } = describeData(data);
  for (const [i, label] of samples.labels.entries()) {
    const [up, down] = [samples.values[2 * i]!, samples.values[2 * i + 1]!];
    expect(up + down).toBeCloseTo(100, 3);
    expect(Math.round(up) % 2).toBe(label);
  }
});

test("the label's column and the separator are found", () => {
  const data = readTable(table(["Label;x;y", ...lines.map((l) => l.split(",").reverse().join(";"))].join("\n")));
  expect(data).toMatchObject({ features: ["x", "y"], classes: ["even", "odd"] });
});

test.each([
  [
    "a text for a number",
    ["a,b,c", ...lines, "1,two,odd"],
    't.csv: line 22, column 2 (b): expected a number, but found "two"',
  ],
  ["a missing column", [...lines, "1,odd"], "t.csv: line 21: expected 3 columns, as in the first line, but found 2"],
  [
    "one class",
    lines.map((l) => l.replace("odd", "even")),
    "expected at least 10 samples, of at least two classes, but found all 20",
  ],
  ["too few lines", lines.slice(0, 9), "expected at least 10 samples, of at least two classes, but found 9 samples"],
  ["an empty file", [""], "expected a sample a line"],
  [
    "values whose squares are too large",
    lines.map((l) => `1e38${l}`.replace(/^1e38\d+/, (m) => `${m.slice(4)}e37`)),
    "too large to be normalised",
  ],
])("%s is explained", (_, rows, message) => {
  expect(() => readTable(table(rows.join("\n")))).toThrow(message);
});

const pictures = (count: number, classes: string[]) => ({
  pixels: Uint8Array.from({ length: count * 4 }, (_, i) => (i * 37) % 256),
  shape: [count, 1, 2, 2] as const,
  labels: Int32Array.from({ length: count }, (_, i) => i % Math.max(1, classes.length)),
  classes,
});

test("one in five pictures is held out, none is lost, and the preview has the bytes again", () => {
  const data = splitPictures(pictures(20, ["a", "b"]));
  expect([data.train.length, data.test.length, data.inputShape]).toEqual([16, 4, [1, 2, 2]]);
  const bytes = Array.from(describeData(data).samples.values, (value) => Math.round(value * 255));
  const all = pictures(20, ["a", "b"]).pixels;
  const rows = Array.from({ length: 20 }, (_, i) => all.subarray(4 * i, 4 * i + 4).join());
  const shown = Array.from({ length: 16 }, (_, i) => bytes.slice(4 * i, 4 * i + 4).join());
  expect(new Set(shown).size).toBe(16);
  for (const row of shown) expect(rows).toContain(row);
});

test.each([
  [20, ["cats"], 'at least two folders, one a class, but found only "cats"'],
  [0, [], "at least two folders, one a class, but found none"],
  [9, ["a", "b"], "at least 10 pictures, some to train on and some to hold out, but found 9"],
])("%i pictures of %j are too little", (count, classes, message) => {
  expect(() => splitPictures(pictures(count, classes))).toThrow(message);
});
