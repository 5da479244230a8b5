import { join } from "node:path";
import type { Dataset } from "@pointwise/data";
import { FormatError, UsageError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/datasets/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const all = (dataset: Dataset) => dataset.batch(Array.from({ length: dataset.length }, (_, i) => i));
const lines = Array.from({ length: 20 }, (_, i) => `${i},5,${i % 2 ? "odd" : "even"}`);

describe("csv", () => {
  test("holds out a fifth, drawn from the seed, and normalises by the rest", async () => {
    const dataDir = join(temporaryFolder({ "a.csv": ["n,five,parity", ...lines].join("\n") }), "a.csv");
    const load = (seed: number) => loadDataset("csv", { dataDir, seed });
    const { train, test: held, classes, inputShape, mean, std, source } = await load(1);
    expect([train.length, held.length, classes, inputShape]).toEqual([16, 4, ["even", "odd"], [2]]);
    expect([mean[1], std[1]]).toEqual([5, 1]); // a column that never varies
    expect(source).toMatch(/^20 lines of .*a\.csv, whose last column is the class; 4 are held out, drawn with seed 1$/);

    const numbers = [train, held].flatMap((part) => {
      const [x, y] = all(part);
      return Array.from(y.data, (label, i) => {
        const n = Math.round(x.data[2 * i]! * std[0]! + mean[0]!);
        expect(label).toBe(n % 2);
        expect(x.data[2 * i + 1]).toBe(0);
        return n;
      });
    });
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    const column = Array.from({ length: 16 }, (_, i) => all(train)[0].data[2 * i]!);
    expect(column.reduce((sum, v) => sum + v, 0)).toBeCloseTo(0, 4);
    expect(column.reduce((sum, v) => sum + v * v, 0) / 16).toBeCloseTo(1, 4);

    expect(all((await load(1)).test)[0].toArray()).toEqual(all(held)[0].toArray());
    expect(all((await load(2)).test)[0].toArray()).not.toEqual(all(held)[0].toArray());
  });

  test.each([
    ["in a folder, with semicolons", "x;class;y", ";"],
    ["with tabs and quotes", '"x"\t"Class"\t"y"', "\t"],
    ["with the label first", "LABEL,x,y", ","],
  ])("finds the file, the delimiter and the label's column: %s", async (_, header, delimiter) => {
    const column = header
      .toLowerCase()
      .replaceAll('"', "")
      .split(delimiter)
      .findIndex((name) => name === "class" || name === "label");
    const rows = Array.from({ length: 10 }, (_, i) => [i, 2 * i].toSpliced(column, 0, 100 + (i % 3)).join(delimiter));
    const dataDir = temporaryFolder({ "a.tsv": [header, ...rows].join("\n"), "readme.txt": "" });
    const { classes, inputShape, source } = await loadDataset("csv", { dataDir, seed: 0 });
    expect([classes, inputShape]).toEqual([["100", "101", "102"], [2]]);
    expect(source).toMatch(/whose column (class|Class|LABEL) is the class/);
  });

  test("says what is missing", async () => {
    await expect(loadDataset("csv", { seed: 0 })).rejects.toThrow(
      /^csv needs a file\. Name a CSV file with --data-dir/,
    );
    await expect(loadDataset("csv", { dataDir: "/no/a.csv", seed: 0 })).rejects.toThrow(
      /^There is no file \/no\/a\.csv\./,
    );
    const none = temporaryFolder();
    await expect(loadDataset("csv", { dataDir: none, seed: 0 })).rejects.toThrow(
      `In the folder ${none} there is no CSV file.`,
    );
    const two = temporaryFolder({ "b.csv": "", "a.csv": "" });
    await expect(loadDataset("csv", { dataDir: two, seed: 0 })).rejects.toThrow("more than one CSV file: a.csv, b.csv");
  });

  test.each([
    ["no number", "1,2,a\n1,x,b", 'line 2, column 2: expected a number, but found "x"'],
    ["too few", "1,2,a\n1,3,b", "expected at least 3 samples, of at least two classes, but found 2 samples"],
    ["one class", "1,2,a\n1,3,a\n1,4,a", "but found all 3 samples of the class a"],
  ])("refuses a wrong file: %s", async (_, text, message) => {
    const dataDir = temporaryFolder({ "a.csv": text });
    const error: unknown = await loadDataset("csv", { dataDir, seed: 0 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FormatError);
    expect(String(error)).toContain("a.csv");
    expect(String(error)).toContain(message);
  });
});

describe("spiral", () => {
  test("is drawn from the seed; other points are held out", async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => loadDataset("spiral", { seed })));
    expect([a!.train.length, a!.test.length, a!.classes.length, a!.inputShape]).toEqual([900, 300, 3, [2]]);
    expect(all(a!.train)[0].toArray()).toEqual(all(b!.train)[0].toArray());
    expect(all(a!.train)[0].toArray()).not.toEqual(all(c!.train)[0].toArray());
    expect(new Set(all(a!.test)[1].data)).toEqual(new Set([0, 1, 2]));
  });

  test("reads no files", async () => {
    await expect(loadDataset("spiral", { dataDir: "x", seed: 0 })).rejects.toThrow(UsageError);
  });
});
