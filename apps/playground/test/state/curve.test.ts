import { expect, test } from "vitest";
import { align, Curve } from "../../src/state/curve.ts";

test("a curve of few values has them all", () => {
  const curve = new Curve(4);
  for (const x of [1, 2, 3]) curve.add(x, x * x);
  expect([curve.x, curve.values]).toEqual([
    [1, 2, 3],
    [1, 4, 9],
  ]);
});

test("a longer one has means of neighbours, of which none is lost", () => {
  const curve = new Curve(4);
  for (let x = 1; x <= 23; x++) curve.add(x, x);
  // 8 values a point, the last one not full yet.
  expect(curve.x).toEqual([8, 16, 23]);
  expect(curve.values).toEqual([4.5, 12.5, 20]);
});

test("curves over one axis have gaps where the other has values", () => {
  const [a, b] = [new Curve(), new Curve()];
  for (const x of [1, 2, 3]) a.add(x, x);
  for (const x of [2, 4]) b.add(x, -x);
  expect(align(a, b)).toEqual({ x: [1, 2, 3, 4], a: [1, 2, 3, null], b: [null, -2, null, -4] });
});
