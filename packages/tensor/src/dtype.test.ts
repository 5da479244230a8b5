import { describe, expect, test } from "vitest";
import { type DType, dtypes, promoteToFloat, promoteTypes } from "./dtype.ts";
import * as t from "./index.ts";

const type = (dtype: DType, shape: readonly number[] = [2]) => ({ dtype, shape });

/** torch.promote_types, with int32 as the only integer. */
const table: Record<DType, readonly DType[]> = {
  bool: ["bool", "int32", "float32", "float64"],
  int32: ["int32", "int32", "float32", "float64"],
  float32: ["float32", "float32", "float32", "float64"],
  float64: ["float64", "float64", "float64", "float64"],
};

describe("promotion", () => {
  test.each(dtypes)("of %s with each other dtype", (a) => {
    expect(dtypes.map((b) => promoteTypes(type(a), type(b)))).toEqual(table[a]);
  });

  test("a scalar widens only to a higher category", () => {
    expect(promoteTypes(type("float32"), type("float64", []))).toBe("float32");
    expect(promoteTypes(type("float64", []), type("float32"))).toBe("float32");
    expect(promoteTypes(type("int32"), type("float64", []))).toBe("float64");
    expect(promoteTypes(type("bool"), type("int32", []))).toBe("int32");
    expect(promoteTypes(type("float32", []), type("float64", []))).toBe("float64");
  });

  test("to a float", () => {
    expect(dtypes.map((dtype) => promoteToFloat(type(dtype)))).toEqual(["float32", "float32", "float32", "float64"]);
  });
});

const ints = t.tensor([1, 2, 3], { dtype: "int32" });
const bools = t.tensor([true, false, true]);
const doubles = t.tensor([1, 2, 3], { dtype: "float64" });

test.each<[string, t.Tensor, DType]>([
  ["int + whole number", t.add(ints, 1), "int32"],
  ["int + fraction", t.add(ints, 0.5), "float32"],
  ["int · bool", t.mul(ints, bools), "int32"],
  ["int / int", t.div(ints, ints), "float32"],
  ["double + number", t.add(doubles, 0.1), "float64"],
  ["exp of int", t.exp(ints), "float32"],
  ["comparison", t.lt(doubles, ints), "bool"],
  ["sum of bool", t.sum(bools), "int32"],
  ["sum of int", t.sum(ints), "int32"],
  ["cumsum of bool", t.cumsum(bools, 0), "int32"],
  ["mean of int", t.mean(ints), "float32"],
  ["variance of double", t.variance(doubles), "float64"],
  ["norm of int", t.norm(ints, 0, { p: 1 }), "float32"],
  ["amax of int", t.amax(ints), "int32"],
  ["argmax", t.argmax(doubles), "int32"],
  ["softmax of int", t.softmax(ints, 0), "float32"],
  ["clamp of int by whole numbers", t.clamp(ints, { min: 2 }), "int32"],
  ["clamp of int by a fraction", t.clamp(ints, { min: 1.5 }), "float32"],
  ["concat", t.concat([ints, doubles]), "float64"],
  ["oneHot", t.oneHot(ints, 4), "float32"],
  ["one-hot ints", t.oneHot(ints, 4, { dtype: "int32" }), "int32"],
])("dtype of %s", (_, x, dtype) => {
  expect(x.dtype).toBe(dtype);
});

test("a bool tensor holds 0 and 1 whatever was computed", () => {
  expect(t.add(bools, bools).toArray()).toEqual([1, 0, 1]);
  expect(t.mul(bools, bools).toArray()).toEqual([1, 0, 1]);
  expect(t.cast(t.tensor([2, 0, NaN]), "bool").toArray()).toEqual([1, 0, 1]);
  expect(t.any(t.tensor([[0, 0.5], [0, 0]]), 1).toArray()).toEqual([1, 0]); // biome-ignore format: a matrix
});

test("integers wrap and truncate as int32", () => {
  expect(t.add(t.tensor(new Int32Array([2 ** 31 - 1])), 1).item()).toBe(-(2 ** 31));
  expect(t.cast(t.tensor([-1.9, 1.9]), "int32").toArray()).toEqual([-1, 1]);
});

test("what has no meaning for a dtype is refused", () => {
  expect(() => t.sub(bools, bools)).toThrow(t.DTypeError);
  expect(() => t.neg(bools)).toThrow("neg: bools have no negative. Use logicalNot.");
  expect(() => t.pow(ints, -1)).toThrow(t.DTypeError);
  expect(() => t.where(ints, 1, 0)).toThrow("where: the condition must be bool, but is int32");
  expect(() => t.gather(doubles, 0, t.tensor([0]))).toThrow(
    'indices must be int32, but are float32. Use cast(indices, "int32")',
  );
});
