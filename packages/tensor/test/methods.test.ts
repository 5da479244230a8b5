import * as t from "@pointwise/tensor";
import { expect, test } from "vitest";

const x = t.tensor([[0.5, -1.5, 2], [3, 0.25, -2]]); // biome-ignore format: a matrix
const y = t.tensor([1, 2, 0.5]);
const index = t.tensor(new Int32Array([1, 0]));
const places = t.tensor(new Int32Array([0, 1]), { shape: [2, 1] });

/** Arguments after the tensor itself, for the functions that need some. */
const args: Record<string, unknown[]> = {
  clamp: [{ min: 0 }],
  cast: ["int32"],
  cumsum: [1],
  softmax: [1],
  logSoftmax: [1],
  reshape: [[3, 2]],
  unsqueeze: [0],
  permute: [[1, 0]],
  broadcastTo: [[2, 2, 3]],
  tile: [[2, 1]],
  pad: [[[1, 0], [0, 1]], 7], // biome-ignore format: pairs
  slice: [null, [1, 3]],
  narrow: [1, 0, 2],
  select: [0, 1],
  split: [1],
  gather: [1, places],
  indexSelect: [0, index],
  indexAdd: [0, index, x],
  scatterAdd: [1, places, t.ones([2, 1])],
  topk: [2, 1],
  matmul: [t.eye(3)],
  logicalAnd: [y],
  logicalOr: [y],
  sum: [1, { keepdim: true }],
};
for (const name of "add sub mul div pow maximum minimum remainder eq ne lt le gt ge".split(" ")) args[name] = [y];

/** Where a method is not the function of the same name with the tensor as first argument. */
const special: Record<string, [method: () => unknown, fn: () => unknown]> = {
  where: [() => x.where(t.gt(x, 0), 0), () => t.where(t.gt(x, 0), x, 0)],
  var: [() => x.var(1, { correction: 0 }), () => t.variance(x, 1, { correction: 0 })],
  oneHot: [() => index.oneHot(3), () => t.oneHot(index, 3)],
};
const own = ["constructor", "item", "toArray", "toString"];

const methods = Object.entries(Object.getOwnPropertyDescriptors(t.Tensor.prototype))
  .filter(([name, { value }]) => typeof value === "function" && !own.includes(name))
  .map(([name]) => name);

const plain = (result: unknown): unknown => {
  if (result instanceof t.Tensor) return { shape: result.shape, dtype: result.dtype, values: Array.from(result.data) };
  if (Array.isArray(result)) return result.map(plain);
  if (typeof result === "object" && result)
    return Object.fromEntries(Object.entries(result).map(([k, v]) => [k, plain(v)]));
  throw new Error("a method gives tensors");
};

test("there are the methods that a PyTorch user looks for", () => {
  expect(methods).toEqual(expect.arrayContaining(["add", "matmul", "sum", "var", "reshape", "softmax", "detach"]));
  expect(methods.length).toBeGreaterThan(70);
});

test.each(methods)("x.%s(…) is the function of that name", (name) => {
  const [method, fn] = special[name] ?? [
    () => Reflect.get(x, name).apply(x, args[name] ?? []),
    () => Reflect.get(t, name)(x, ...(args[name] ?? [])),
  ];
  expect(plain(method())).toEqual(plain(fn()));
});
