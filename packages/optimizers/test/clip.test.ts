import { type Tensor, tensor, UsageError } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { clipGradNorm, clipGradValue } from "../src/index.ts";
import { wave } from "./fixtures.ts";
import { float64 } from "./optimizer-cases.ts";

const gradsOf = (...rows: number[][]): Map<Tensor, Tensor> => new Map(rows.map((row) => [float64(row), float64(row)]));
const rowsOf = (grads: ReadonlyMap<Tensor, Tensor>): number[][] => [...grads.values()].map((grad) => [...grad.data]);

describe("clipGradNorm", () => {
  test("scales all gradients by one factor, as PyTorch does", () => {
    const grads = gradsOf([3, 0], [0, -4]);
    const { grads: clipped, norm } = clipGradNorm(grads, 1);
    expect(norm.item()).toBe(5);
    const factor = 1 / (5 + 1e-6);
    expect(rowsOf(clipped)).toEqual([
      [3 * factor, 0],
      [0, -4 * factor],
    ]);
    expect([...clipped.keys()]).toEqual([...grads.keys()]);
    expect(rowsOf(grads)).toEqual([
      [3, 0],
      [0, -4],
    ]); // what was passed stays as it is
  });

  test("leaves gradients within the norm alone", () => {
    expect(rowsOf(clipGradNorm(gradsOf([3, 0], [0, -4]), 6).grads)).toEqual([
      [3, 0],
      [0, -4],
    ]);
  });

  test.each([1, 2, 3, Infinity])("the %s-norm over all gradients is that over one long vector", (normType) => {
    const rows = [1, 4, 2].map((size, i) => [...wave([size], i, "float64", 9).data]);
    const magnitudes = rows.flat().map(Math.abs);
    const sum = magnitudes.reduce((total, x) => total + x ** normType, 0);
    const expected = normType === Infinity ? Math.max(...magnitudes) : sum ** (1 / normType);
    const { grads, norm } = clipGradNorm(gradsOf(...rows), 2, { normType });
    expect(norm.item()).toBeCloseTo(expected, 12);
    expect(clipGradNorm(grads, 2, { normType }).norm.item()).toBeCloseTo(2, 6);
  });

  test("keeps float32 and keeps no graph", () => {
    const [p, grad] = [tensor([1, 2]), tensor([30, 40])];
    grad.requiresGrad = true;
    const clipped = clipGradNorm(new Map([[p, grad]]), 1).grads.get(p)!;
    expect(clipped.dtype).toBe("float32");
    expect(clipped.origin).toBeUndefined();
  });

  test("refuses what makes no sense", () => {
    expect(() => clipGradNorm(new Map(), 1)).toThrow("there are no gradients");
    expect(() => clipGradNorm(gradsOf([1]), 0)).toThrow("maxNorm must be greater than 0, but is 0");
    expect(() => clipGradNorm(gradsOf([1]), 1, { normType: -1 })).toThrow(UsageError);
  });
});

describe("clipGradValue", () => {
  test("brings every element into bounds", () => {
    const grads = gradsOf([3, -0.5], [-7, 0.25]);
    expect(rowsOf(clipGradValue(grads, 0.5))).toEqual([
      [0.5, -0.5],
      [-0.5, 0.25],
    ]);
    expect(rowsOf(grads)).toEqual([
      [3, -0.5],
      [-7, 0.25],
    ]);
    expect(() => clipGradValue(grads, -1)).toThrow("value must be greater than 0, but is -1");
  });
});
