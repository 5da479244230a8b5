import * as t from "@pointwise/tensor";
import { bools, integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const a = uniform([2, 3]);
const b = uniform([2, 3]);
const positive = uniform([2, 3], 0.25, 3);
const special = values([NaN, Infinity, -Infinity, 0, 1, NaN, Infinity]);
const others = values([1, Infinity, Infinity, 0, -2, NaN, 0]);
const left = values([1, 2, 3, -1]);
const right = values([1, 3, 2, -1]);

export const binary: readonly Row[] = [
  { name: "add", inputs: [a, b], fn: t.add, torch: "x0 + x1" },
  { name: "add, broadcasting the second", inputs: [a, uniform([3])], fn: t.add, torch: "x0 + x1" },
  { name: "add, broadcasting both", inputs: [uniform([3, 1]), uniform([2, 1, 4])], fn: t.add, torch: "x0 + x1" },
  { name: "add, of a number", inputs: [a], fn: (x) => t.add(x, 2.5), torch: "x0 + 2.5" },
  { name: "add, the same twice", inputs: [a], fn: (x) => t.add(x, x), torch: "x0 + x0" },
  { name: "add, of integers and floats", inputs: [integers([3], 0, 9), uniform([2, 3])], fn: t.add, torch: "x0 + x1" },
  { name: "add, of float32 and float64", inputs: [uniform([3], -2, 2, "float32"), a], fn: t.add, torch: "x0 + x1" },
  {
    name: "add, of a float64 scalar to float32",
    inputs: [uniform([3], -2, 2, "float32"), values(0.5)],
    fn: t.add,
    torch: "x0 + x1",
  },
  { name: "add, of a float to integers", inputs: [integers([3], 0, 9)], fn: (x) => t.add(x, 0.5), torch: "x0 + 0.5" },
  { name: "add, of nothing", inputs: [uniform([0, 3]), uniform([1, 3])], fn: t.add, torch: "x0 + x1" },
  {
    name: "add, of a dimension of 1 stretched to 0",
    inputs: [uniform([2, 1]), uniform([2, 0])],
    fn: t.add,
    torch: "x0 + x1",
  },
  { name: "sub", inputs: [a, b], fn: t.sub, torch: "x0 - x1" },
  { name: "sub, broadcasting the first", inputs: [uniform([1, 3]), uniform([2, 3])], fn: t.sub, torch: "x0 - x1" },
  { name: "sub, from a number", inputs: [a], fn: (x) => t.sub(1, x), torch: "1 - x0" },
  { name: "mul", inputs: [a, b], fn: t.mul, torch: "x0 * x1" },
  { name: "mul, broadcasting both", inputs: [uniform([3, 1]), uniform([4])], fn: t.mul, torch: "x0 * x1" },
  { name: "mul, of special values", inputs: [special, others], fn: t.mul, torch: "x0 * x1", numeric: false },
  { name: "mul, of bools and floats", inputs: [bools([2, 3]), a], fn: t.mul, torch: "x0 * x1" },
  { name: "div", inputs: [a, positive], fn: t.div, torch: "x0 / x1" },
  { name: "div, broadcasting the second", inputs: [a, uniform([2, 1], 0.25, 3)], fn: t.div, torch: "x0 / x1" },
  { name: "div, of integers", inputs: [integers([4], -5, 5), integers([4], 1, 5)], fn: t.div, torch: "x0 / x1" },
  { name: "div, of special values", inputs: [special, others], fn: t.div, torch: "x0 / x1", gradients: false },
  {
    name: "remainder",
    inputs: [values([5.3, -5.3, 5.3, -5.3]), values([2, 2, -2, -2.5])],
    fn: t.remainder,
    torch: "x0.remainder(x1)",
  },
  {
    name: "remainder, of integers",
    inputs: [values([5, -5, 5, -5], "int32"), values([3, 3, -3, -3], "int32")],
    fn: t.remainder,
    torch: "x0.remainder(x1)",
  },
  { name: "pow", inputs: [positive, b], fn: t.pow, torch: "x0 ** x1" },
  { name: "pow, broadcasting both", inputs: [uniform([2, 1], 0.25, 3), uniform([3])], fn: t.pow, torch: "x0 ** x1" },
  { name: "pow, a cube", inputs: [a], fn: (x) => t.pow(x, 3), torch: "x0 ** 3" },
  { name: "pow, 2 to the x", inputs: [a], fn: (x) => t.pow(2, x), torch: "2 ** x0" },
  { name: "pow, of 0", inputs: [values([0, 0, 0]), values([0, 1, 2])], fn: t.pow, torch: "x0 ** x1", numeric: false },
  { name: "pow, of integers", inputs: [integers([4], -3, 4)], fn: (x) => t.pow(x, 2), torch: "x0 ** 2" },
  { name: "pow, of special values", inputs: [special, others], fn: t.pow, torch: "x0 ** x1", gradients: false },
  { name: "maximum", inputs: [a, b], fn: t.maximum, torch: "x0.maximum(x1)" },
  { name: "maximum, at ties", inputs: [left, right], fn: t.maximum, torch: "x0.maximum(x1)", numeric: false },
  {
    name: "maximum, of special values",
    inputs: [special, others],
    fn: t.maximum,
    torch: "x0.maximum(x1)",
    gradients: false,
  },
  { name: "minimum", inputs: [a, b], fn: t.minimum, torch: "x0.minimum(x1)" },
  { name: "minimum, at ties", inputs: [left, right], fn: t.minimum, torch: "x0.minimum(x1)", numeric: false },
  {
    name: "minimum, of special values",
    inputs: [special, others],
    fn: t.minimum,
    torch: "x0.minimum(x1)",
    gradients: false,
  },
  { name: "where", inputs: [bools([2, 3]), a, b], fn: t.where, torch: "torch.where(x0, x1, x2)" },
  {
    name: "where, broadcasting all",
    inputs: [bools([2, 1]), uniform([3]), values(0.5)],
    fn: t.where,
    torch: "torch.where(x0, x1, x2)",
  },
  {
    name: "where, hiding a NaN",
    inputs: [values([0, 1, 2])],
    fn: (x) => t.where(t.gt(x, 0), x, NaN),
    torch: "torch.where(x0 > 0, x0, math.nan)",
    gradients: false,
  },
  { name: "eq", inputs: [special, others], fn: t.eq, torch: "x0 == x1" },
  { name: "ne", inputs: [special, others], fn: t.ne, torch: "x0 != x1" },
  { name: "lt", inputs: [special, others], fn: t.lt, torch: "x0 < x1" },
  { name: "le", inputs: [special, others], fn: t.le, torch: "x0 <= x1" },
  { name: "gt", inputs: [special, others], fn: t.gt, torch: "x0 > x1" },
  { name: "ge", inputs: [special, others], fn: t.ge, torch: "x0 >= x1" },
  {
    name: "eq and the like, of integers, broadcasting",
    also: ["ne", "lt", "le", "gt", "ge"],
    inputs: [integers([3, 1], 0, 3), integers([4], 0, 3)],
    fn: (x, y) => [t.eq(x, y), t.ne(x, y), t.lt(x, y), t.le(x, y), t.gt(x, y), t.ge(x, y)],
    torch: "x0 == x1, x0 != x1, x0 < x1, x0 <= x1, x0 > x1, x0 >= x1",
  },
  { name: "logicalAnd", inputs: [special, others], fn: t.logicalAnd, torch: "x0.logical_and(x1)" },
  { name: "logicalAnd, of bools", inputs: [bools([4, 1]), bools([4])], fn: t.logicalAnd, torch: "x0 & x1" },
  { name: "logicalOr", inputs: [special, others], fn: t.logicalOr, torch: "x0.logical_or(x1)" },
  { name: "logicalOr, of bools", inputs: [bools([4, 1]), bools([4])], fn: t.logicalOr, torch: "x0 | x1" },
];
