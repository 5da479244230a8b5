import { Rng } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { moons, spiral, type TensorDataset, xor } from "../src/index.ts";

const points = ({ inputs, targets }: TensorDataset) =>
  Array.from(targets.data, (label, i) => ({ x: inputs.data[2 * i]!, y: inputs.data[2 * i + 1]!, label }));

test("xor: all four pairs and whether they differ", () => {
  const { inputs, targets } = xor();
  expect([inputs.shape, inputs.dtype, targets.dtype]).toEqual([[4, 2], "float32", "int32"]);
  for (const { x, y, label } of points(xor())) expect(label).toBe(x !== y ? 1 : 0);
  expect(new Set(points(xor()).map(({ x, y }) => `${x}${y}`)).size).toBe(4);
});

describe("spiral", () => {
  test("without noise it lies on the arms", () => {
    const set = spiral({ samples: 9, classes: 3, noise: 0, rng: new Rng(0) });
    points(set).forEach(({ x, y, label }, i) => {
      const along = (i % 3) / 2;
      expect(label).toBe(Math.floor(i / 3));
      expect(x).toBeCloseTo(along * Math.sin(4 * (label + along)), 6);
      expect(y).toBeCloseTo(along * Math.cos(4 * (label + along)), 6);
    });
  });

  test("noise turns points by its standard deviation, and does not move them in or out", () => {
    const set = points(spiral({ samples: 4000, classes: 1, noise: 0.2, rng: new Rng(1) }));
    const turns = set.slice(1).map(({ x, y }, i) => {
      const along = (i + 1) / 3999;
      expect(Math.hypot(x, y)).toBeCloseTo(along, 5);
      const turn = Math.atan2(x, y) - 4 * along;
      return turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
    });
    expect(Math.sqrt(turns.reduce((sum, t) => sum + t * t, 0) / turns.length)).toBeCloseTo(0.2, 1);
  });

  test("samples that the classes do not divide are spread", () => {
    const labels = [...spiral({ samples: 8, classes: 3, rng: new Rng(0) }).targets.data];
    expect(labels).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
  });

  test("refuses what cannot be", () => {
    const rng = new Rng(0);
    expect(() => spiral({ classes: 0, rng })).toThrow("a whole number of classes from 1 on, but got 0");
    expect(() => spiral({ samples: 2, rng })).toThrow("at least one for each of 3 classes, but got 2");
    expect(() => spiral({ noise: -1, rng })).toThrow("must be ≥ 0, but is -1");
    expect(() => spiral({ noise: Number.NaN, rng })).toThrow("must be ≥ 0, but is NaN");
  });
});

describe("moons", () => {
  test("without noise they are half circles", () => {
    for (const { x, y, label } of points(moons({ samples: 21, noise: 0, rng: new Rng(0) }))) {
      expect(Math.hypot(label === 0 ? x : 1 - x, label === 0 ? y : 0.5 - y)).toBeCloseTo(1, 6);
      expect(label === 0 ? y : -y).toBeGreaterThanOrEqual(label === 0 ? -1e-6 : -0.5 - 1e-6);
    }
  });

  test("refuses what cannot be", () => {
    expect(() => moons({ samples: 1, rng: new Rng(0) })).toThrow("at least one for each of 2 classes, but got 1");
  });
});

test.each([
  ["spiral", spiral],
  ["moons", moons],
])("%s is the same for the same seed", (_, make) => {
  expect(points(make({ rng: new Rng(1) }))).toEqual(points(make({ rng: new Rng(1) })));
  expect(points(make({ rng: new Rng(1) }))).not.toEqual(points(make({ rng: new Rng(2) })));
});
