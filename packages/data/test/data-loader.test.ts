import { mul, Rng, tensor } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataLoader, TensorDataset } from "../src/index.ts";

const numbered = (n: number) => {
  const values = tensor(Int32Array.from({ length: n }, (_, i) => i));
  return new TensorDataset(values, values);
};
const pass = (loader: DataLoader) => [...loader].map(([, y]) => [...y.data]);

describe("DataLoader", () => {
  test("goes through the samples in order, the last batch smaller", () => {
    const loader = new DataLoader(numbered(5), { batchSize: 2 });
    expect(pass(loader)).toEqual([[0, 1], [2, 3], [4]]);
    expect(loader.length).toBe(3);
    expect(pass(loader)).toEqual([[0, 1], [2, 3], [4]]); // again from the start
  });

  test("every pass has each sample once, and as many batches as it says", () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 1, max: 45 }),
        fc.boolean(),
        fc.nat(),
        (n, batchSize, shuffle, seed) => {
          const loader = new DataLoader(numbered(n), { batchSize, shuffle, rng: new Rng(seed) });
          const batches = pass(loader);
          expect(batches.length).toBe(loader.length);
          expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
          expect(batches.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
        },
      ),
    );
  });

  test("dropLast leaves out a smaller last batch, and nothing else", () => {
    expect(pass(new DataLoader(numbered(5), { batchSize: 2, dropLast: true }))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(new DataLoader(numbered(4), { batchSize: 2, dropLast: true }).length).toBe(2);
  });

  test("shuffles anew each pass, the same for the same seed", () => {
    const loader = (seed: number) => new DataLoader(numbered(50), { batchSize: 50, shuffle: true, rng: new Rng(seed) });
    const a = loader(1);
    const [first, second] = [pass(a), pass(a)];
    expect(first).not.toEqual(second);
    const b = loader(1);
    expect([pass(b), pass(b)]).toEqual([first, second]);
    expect(pass(loader(2))).not.toEqual(first);
  });

  test("a pass is seen again when the Rng's state from before it is loaded", () => {
    const rng = new Rng(3);
    const loader = new DataLoader(numbered(20), { batchSize: 4, shuffle: true, rng });
    pass(loader);
    const before = rng.stateDict();
    const second = pass(loader);
    rng.loadStateDict(before);
    expect(pass(loader)).toEqual(second);
  });

  test("a pass that is broken off does not disturb the next", () => {
    const loader = new DataLoader(numbered(5), { batchSize: 2 });
    for (const _ of loader) break;
    expect(pass(loader).flat()).toEqual([0, 1, 2, 3, 4]);
  });

  test("inputs and targets stay together, and only inputs are transformed", () => {
    const loader = new DataLoader(numbered(9), {
      batchSize: 4,
      shuffle: true,
      rng: new Rng(0),
      transform: (x) => mul(x, 10),
    });
    for (const [x, y] of loader) expect([...x.data]).toEqual([...y.data].map((v) => 10 * v));
  });

  test("an empty dataset has no batches", () => {
    expect(pass(new DataLoader(numbered(0), { batchSize: 2 }))).toEqual([]);
  });

  test.each([[0], [-1], [1.5], [Number.NaN]])("refuses the batch size %s", (batchSize) => {
    expect(() => new DataLoader(numbered(3), { batchSize })).toThrow(
      `batchSize must be a whole number from 1 on, but is ${batchSize}`,
    );
  });

  test("refuses to shuffle without an Rng, and to drop everything", () => {
    expect(() => new DataLoader(numbered(3), { batchSize: 2, shuffle: true })).toThrow("rng: new Rng(seed)");
    expect(() => new DataLoader(numbered(3), { batchSize: 4, dropLast: true })).toThrow(
      /3 samples do not fill one of 4/,
    );
  });
});
