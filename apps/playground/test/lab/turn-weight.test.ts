import { expect, test } from "vitest";
import { dragWeight, keyWeight, snapWeight } from "../../src/views/lab/turn-weight.ts";
import { writeCount, writeNumber, writeOperand } from "../../src/views/lab/write-number.ts";

const range = { min: -2, max: 2, step: 0.1 };

test("a weight snaps to the nearest step within its range", () => {
  expect(snapWeight(0.26, range)).toBe(0.3);
  expect(snapWeight(9, range)).toBe(2);
  expect(snapWeight(-9, range)).toBe(-2);
  expect(Object.is(snapWeight(-0.01, range), 0)).toBe(true);
});

test("dragging upwards raises, downwards lowers, and starts from where it took hold", () => {
  expect(dragWeight(0.5, -40, range)).toBe(1.5);
  expect(dragWeight(0.5, 40, range)).toBe(-0.5);
  expect(dragWeight(0.5, 1, range)).toBe(0.5);
  expect(dragWeight(0.5, -4000, range)).toBe(2);
});

test("keys work as on a slider", () => {
  expect(keyWeight(0.2, "ArrowUp", range)).toBe(0.3);
  expect(keyWeight(0.2, "ArrowLeft", range)).toBe(0.1);
  expect(keyWeight(0.2, "PageUp", range)).toBe(0.7);
  expect(keyWeight(1.8, "PageUp", range)).toBe(2);
  expect(keyWeight(0.2, "Home", range)).toBe(-2);
  expect(keyWeight(0.2, "End", range)).toBe(2);
  expect(keyWeight(0.2, "Delete", range)).toBe(0);
  expect(keyWeight(0.2, "a", range)).toBeUndefined();
});

test("numbers are written with a true minus sign, two decimals at most, and brackets where they follow a sign", () => {
  expect(["0.48", "−0.5", "0", "12"]).toEqual([0.48000001907, -0.5, -0.001, 12].map(writeNumber));
  expect(writeOperand(-0.5)).toBe("(−0.5)");
  expect(writeOperand(0.5)).toBe("0.5");
  expect(writeCount(1234567, "en")).toBe("1,234,567");
});
