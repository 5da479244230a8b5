import { describe, expect, test } from "vitest";
import { bfloat16, float16, fromHalfs, toHalfs } from "../src/elements/half-floats.ts";

describe.each([
  { name: "F16", format: float16 },
  { name: "BF16", format: bfloat16 },
])("$name", ({ format }) => {
  const patterns = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
  const values = fromHalfs(patterns, format);
  const one = (x: number) => toHalfs([x], format)[0]!;

  test("every number is read and written again as it was; every NaN as NaN", () => {
    const again = toHalfs(values, format);
    for (const pattern of patterns) {
      const noNumber = (pattern & 0x7fff) > format.infinity;
      if (Number.isNaN(values[pattern]) !== noNumber) expect.fail(`${pattern} is ${values[pattern]}`);
      if (again[pattern] !== (noNumber ? format.nan : pattern)) expect.fail(`${pattern} became ${again[pattern]}`);
    }
  });

  test("between each two neighbours: the nearer one, and from the middle the even one", () => {
    for (let low = 0; low < format.infinity - 1; low++) {
      const [a, b] = [values[low]!, values[low + 1]!];
      const middle = (a + b) / 2; // exact in float64
      const even = low % 2 === 0 ? low : low + 1;
      const near = [middle - (b - a) * 1e-6, middle, middle + (b - a) * 1e-6];
      const found = toHalfs([...near, ...near.map((x) => -x)], format);
      const expected = [low, even, low + 1];
      if (found.join() !== [...expected, ...expected.map((x) => x | 0x8000)].join()) {
        expect.fail(`around ${middle}: ${found} for ${expected}`);
      }
    }
  });

  test("from half a step above the largest number on: infinity", () => {
    const [largest, below] = [values[format.infinity - 1]!, values[format.infinity - 2]!];
    const limit = largest + (largest - below) / 2;
    expect(one(limit * (1 - 2 ** -30))).toBe(format.infinity - 1);
    expect([limit, 1e300, Number.POSITIVE_INFINITY].map(one)).toEqual(Array(3).fill(format.infinity));
    expect(one(-1e300)).toBe(format.infinity | 0x8000);
  });

  test("smaller than half the smallest number: zero, with its sign", () => {
    expect([values[1]! / 2, 5e-324, 0].map(one)).toEqual([0, 0, 0]);
    expect([-values[1]! / 2, -5e-324, -0].map(one)).toEqual([0x8000, 0x8000, 0x8000]);
    expect(one((values[1]! / 2) * (1 + 2 ** -30))).toBe(1);
  });
});

test("known numbers", () => {
  expect([...fromHalfs(Uint16Array.of(0x3c00, 0x0001, 0x7bff, 0x8400, 0x3555), float16)]).toEqual([
    1,
    2 ** -24,
    65504,
    -(2 ** -14),
    0.333251953125,
  ]);
  expect([...fromHalfs(Uint16Array.of(0x3f80, 0x0001, 0x4049, 0xc049), bfloat16)]).toEqual([
    1,
    2 ** -133,
    3.140625,
    -3.140625,
  ]);
});

test("a float64 is rounded once, not by way of float32", () => {
  const justAboveTheMiddle = 1 + 2 ** -11 + 2 ** -40; // float32 would make it the middle, which goes to the even 1
  expect(toHalfs([justAboveTheMiddle], float16)[0]).toBe(0x3c01);
});
