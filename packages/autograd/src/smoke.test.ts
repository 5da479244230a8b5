import { add, div, exp, mul, relu, sum, tensor } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { valueAndGrad } from "./index.ts";

test("smoke", () => {
  const x = tensor(
    [
      [1, -2, 3],
      [4, 5, 6],
    ],
    { dtype: "float64" },
  );
  const b = tensor([1, 2, 3], { dtype: "float64" });
  const [v, g] = valueAndGrad(() => sum(mul(relu(add(x, b)), 2)), [x, b]);
  expect(v.item()).toBe(2 * (2 + 0 + 6 + 5 + 7 + 9));
  expect(g.get(b)!.toArray()).toEqual([4, 2, 4]);
  expect(sum(x, 0).toArray()).toEqual([5, 3, 9]);
  expect(sum(x, 1).toArray()).toEqual([2, 15]);
  expect(div(tensor([1], { dtype: "int32" }), 2).dtype).toBe("float32");
});
