import { expect, test } from "vitest";
import { arange, eye, fromData, full, linspace, ones, onesLike, tensor, zeros, zerosLike } from "./index.ts";

test("tensor takes numbers, nested arrays, booleans and typed arrays", () => {
  expect(tensor(3).shape).toEqual([]);
  expect(tensor([[1, 2], [3, 4], [5, 6]]).shape).toEqual([3, 2]); // biome-ignore format: a matrix
  expect(tensor([[], []]).shape).toEqual([2, 0]);
  expect(tensor([1, 2]).dtype).toBe("float32");
  expect(tensor([[true], [false]]).dtype).toBe("bool");
  expect(tensor(new Float64Array([1])).dtype).toBe("float64");
  expect(tensor(new Int32Array([1])).dtype).toBe("int32");
  expect(tensor(new Uint8Array([0, 255]), { dtype: "float32" }).toArray()).toEqual([0, 255]);
  expect(tensor([0, 2, NaN], { dtype: "bool" }).toArray()).toEqual([0, 1, 1]);
  expect(tensor([1, 2, 3, 4], { shape: [2, 2] }).toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: a matrix
});

test("tensor copies, fromData takes over", () => {
  const data = new Float32Array([1, 2]);
  const [copy, same] = [tensor(data), fromData(data, [2], "float32")];
  data[0] = 9;
  expect(copy.toArray()).toEqual([1, 2]);
  expect(same.toArray()).toEqual([9, 2]);
});

test("filled", () => {
  expect(full([2], 7, { dtype: "int32" }).toArray()).toEqual([7, 7]);
  expect(zeros([]).item()).toBe(0);
  expect(ones([0]).toArray()).toEqual([]);
  const x = zeros([2], { dtype: "float64" });
  expect([zerosLike(x).dtype, onesLike(x).dtype, onesLike(x).toArray()]).toEqual(["float64", "float64", [1, 1]]);
});

test("arange", () => {
  expect(arange(3).toArray()).toEqual([0, 1, 2]);
  expect(arange(1, 4).toArray()).toEqual([1, 2, 3]);
  expect(arange(0, 1, 0.25).toArray()).toEqual([0, 0.25, 0.5, 0.75]);
  expect(arange(5, 2, -2).toArray()).toEqual([5, 3]);
  expect(arange(0).toArray()).toEqual([]);
  expect(arange(2, { dtype: "int32" }).dtype).toBe("int32");
  expect(arange(0, 0.7, 0.1, { dtype: "float64" }).shape).toEqual([7]); // 0.7 / 0.1 rounds to 6.999…
});

test("linspace ends exactly where it is told", () => {
  expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1]);
  expect(linspace(2, 9, 1).toArray()).toEqual([2]);
  expect(linspace(2, 9, 0).toArray()).toEqual([]);
  const thirds = linspace(-0.1, 0.1, 7, { dtype: "float64" }).data;
  expect([thirds[0], thirds[3], thirds[6]]).toEqual([-0.1, 0, 0.1]);
});

test("eye", () => {
  expect(eye(2, 3).toArray()).toEqual([[1, 0, 0], [0, 1, 0]]); // biome-ignore format: a matrix
  expect(eye(3, 1).toArray()).toEqual([[1], [0], [0]]);
});
