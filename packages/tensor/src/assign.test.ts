import { expect, test } from "vitest";
import { assign, DTypeError, detach, fromData, reshape, ShapeError, tensor, zeros } from "./index.ts";

test("assign changes the values in place, for all that share them, and counts a version", () => {
  const x = zeros([2, 2]);
  const row = reshape(x, [4]);
  const copy = detach(x);
  assign(x, tensor([[1, 2], [3, 4]])); // biome-ignore format: a matrix
  expect(row.toArray()).toEqual([1, 2, 3, 4]);
  expect(copy.storage!.version).toBe(1);
  assign(row, zeros([4]));
  expect(x.toArray()).toEqual([[0, 0], [0, 0]]); // biome-ignore format: a matrix
  expect(x.storage!.version).toBe(2);
});

test("the values are copied, not shared", () => {
  const source = tensor([1, 2]);
  const x = zeros([2]);
  assign(x, source);
  assign(source, zeros([2]));
  expect(x.toArray()).toEqual([1, 2]);
});

test("shape and dtype must fit, and nothing changes if not", () => {
  const x = zeros([2]);
  expect(() => assign(x, zeros([3]))).toThrow(ShapeError);
  expect(() => assign(x, zeros([1]))).toThrow("assign: a tensor of shape [2] cannot take values of shape [1].");
  expect(() => assign(x, zeros([2], { dtype: "float64" }))).toThrow(DTypeError);
  expect(x.storage!.version).toBe(0);
});

test("a storage follows its values into another heap", () => {
  const x = fromData(new Float32Array([1, 2, 3]), [3], "float32");
  const row = reshape(x, [1, 3]);
  const heap = { buffer: new ArrayBuffer(128) };
  x.storage!.moveTo(heap, 64);
  expect(new Float32Array(heap.buffer, 64, 3)[2]).toBe(3);
  const grown = new ArrayBuffer(256); // as a WebAssembly memory has another buffer after it grew
  new Uint8Array(grown).set(new Uint8Array(heap.buffer));
  heap.buffer = grown;
  expect(x.data.buffer).toBe(grown);
  expect(row.toArray()).toEqual([[1, 2, 3]]);
});
