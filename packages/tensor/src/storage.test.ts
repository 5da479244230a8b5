import { expect, test } from "vitest";
import { assign, type DType, Storage, Tensor, tensor } from "./index.ts";

test.each<[DType, number]>([
  ["float32", 1.5],
  ["float32", -0],
  ["float32", NaN],
  ["float64", 0.1],
  ["int32", -7],
  ["bool", 1],
])("a single %s has the value %d, as a number and as an array", (dtype, value) => {
  const read = (storage: Storage) => new Tensor([], dtype, storage);
  expect(read(Storage.ofNumber(dtype, value)).item()).toBe(value);
  const looked = read(Storage.ofNumber(dtype, value));
  expect([...looked.data]).toEqual([value]);
  expect(looked.item()).toBe(value);
});

test("a single number can be assigned to, and what is written into its array counts", () => {
  const x = new Tensor([], "float32", Storage.ofNumber("float32", 1));
  assign(x, tensor(2));
  expect(x.item()).toBe(2);
  x.storage!.view[0] = 3;
  expect(x.item()).toBe(3);
});

test("a single number moves to a heap, with zeros there or not", () => {
  const heap = { buffer: new ArrayBuffer(16) };
  const [x, y] = [Storage.ofNumber("float32", 1.5), Storage.ofNumber("float32", 0)];
  new Float32Array(heap.buffer)[1] = 9;
  x.moveTo(heap, 0, true);
  y.moveTo(heap, 4);
  expect([...new Float32Array(heap.buffer, 0, 2)]).toEqual([1.5, 0]);
  expect([x.first, y.first]).toEqual([1.5, 0]);
});
