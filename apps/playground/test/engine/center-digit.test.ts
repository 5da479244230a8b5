import { describe, expect, test } from "vitest";
import { centerDigit } from "../../src/engine/digit/center-digit.ts";

/** A drawing with ink in rectangles. */
function drawing(
  height: number,
  width: number,
  ...rectangles: [top: number, left: number, height: number, width: number][]
) {
  const ink = new Float32Array(height * width);
  for (const [top, left, h, w] of rectangles) {
    for (let row = top; row < top + h; row++) ink.fill(1, row * width + left, row * width + left + w);
  }
  return ink;
}

const at = (picture: Float32Array, row: number, column: number) => picture[row * 28 + column]!;

function centreOf(picture: Float32Array): [row: number, column: number] {
  let [mass, y, x] = [0, 0, 0];
  for (const [i, value] of picture.entries()) {
    mass += value;
    y += value * (Math.floor(i / 28) + 0.5);
    x += value * ((i % 28) + 0.5);
  }
  return [y / mass, x / mass];
}

function boxOf(picture: Float32Array): [height: number, width: number] {
  const rows = [...picture.keys()].filter((i) => picture[i]! > 0).map((i) => Math.floor(i / 28));
  const columns = [...picture.keys()].filter((i) => picture[i]! > 0).map((i) => i % 28);
  return [Math.max(...rows) - Math.min(...rows) + 1, Math.max(...columns) - Math.min(...columns) + 1];
}

describe("a drawing becomes a digit of MNIST's", () => {
  test("a rectangle is scaled into 20×20 with its proportions, and lies in the middle", () => {
    const picture = centerDigit(drawing(200, 150, [10, 5, 120, 60]), 200, 150)!;
    expect(boxOf(picture)).toEqual([20, 10]);
    expect(centreOf(picture)).toEqual([14, 14]);
    expect(at(picture, 4, 9)).toBe(1);
    expect(at(picture, 23, 18)).toBe(1);
    expect(picture.reduce((a, b) => a + b)).toBe(200);
  });

  test("where and how large it was drawn makes no difference", () => {
    const shape = (top: number, left: number, k: number) =>
      centerDigit(drawing(240, 240, [top, left, 20 * k, 4 * k], [top + 16 * k, left, 4 * k, 12 * k]), 240, 240);
    expect(shape(3, 100, 5)).toEqual(shape(20, 7, 10));
    expect(shape(3, 100, 5)).toEqual(shape(211, 200, 1));
  });

  test("the centre of mass is in the middle, to half a pixel, not the middle of the ink", () => {
    const picture = centerDigit(drawing(100, 100, [10, 10, 80, 20], [70, 10, 20, 60]), 100, 100)!;
    const [row, column] = centreOf(picture);
    expect(Math.abs(row - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(column - 14)).toBeLessThanOrEqual(0.5);
    expect(boxOf(picture)).toEqual([20, 15]);
    expect(at(picture, 4, 24)).toBe(0);
  });

  test("ink between pixels is shared out: the mass stays, relative to the darkest", () => {
    const picture = centerDigit(drawing(64, 64, [7, 9, 33, 50]), 64, 64)!; // 50 pixels become 20
    expect(boxOf(picture)).toEqual([13, 20]);
    for (const value of picture) expect(value === 0 || value > 0.999).toBe(true);
    const dots = centerDigit(drawing(64, 64, [0, 0, 1, 1], [60, 60, 1, 1]), 64, 64)!;
    expect(boxOf(dots)).toEqual([20, 20]);
    expect(Math.max(...dots)).toBe(1);
  });

  test("a stroke as thin as a pixel, and a dot, are kept; an empty drawing is nothing", () => {
    expect(boxOf(centerDigit(drawing(300, 300, [20, 150, 260, 1]), 300, 300)!)).toEqual([20, 1]);
    expect(boxOf(centerDigit(drawing(300, 300, [299, 299, 1, 1]), 300, 300)!)).toEqual([20, 20]);
    expect(centerDigit(new Float32Array(300 * 300), 300, 300)).toBeUndefined();
  });

  test("nothing is cut off, however far its centre of mass is from its middle", () => {
    const picture = centerDigit(drawing(100, 100, [0, 0, 30, 100], [99, 50, 1, 1]), 100, 100)!;
    expect(boxOf(picture)).toEqual([20, 20]);
    expect(picture.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
