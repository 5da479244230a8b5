import * as t from "@pointwise/tensor";
import { bools, distinct, integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([2, 3, 4]);
const unlike = distinct([2, 3, 4]);
const keepdim = { keepdim: true };
const withNaN = values([[1, NaN, 2], [-Infinity, 3, Infinity]]); // biome-ignore format: a matrix
const withZeros = values([[1, 2, 3], [0, 2, 3], [0, 2, 0]]); // biome-ignore format: a matrix
const infinite = values([[-Infinity, -Infinity], [Infinity, 1], [-Infinity, 1]]); // biome-ignore format: a matrix
const origin = values([[0, 0], [3, 4]]); // biome-ignore format: a matrix
const ties = values([[1, 3, 3], [2, 2, 2]]); // biome-ignore format: a matrix

export const reductions: readonly Row[] = [
  { name: "sum", inputs: [x], fn: (a) => t.sum(a), torch: "x0.sum()" },
  { name: "sum, one dimension", inputs: [x], fn: (a) => t.sum(a, 1), torch: "x0.sum(1)" },
  {
    name: "sum, the last dimension kept",
    inputs: [x],
    fn: (a) => t.sum(a, -1, keepdim),
    torch: "x0.sum(-1, keepdim=True)",
  },
  { name: "sum, two dimensions", inputs: [x], fn: (a) => t.sum(a, [0, -1]), torch: "x0.sum((0, -1))" },
  { name: "sum, of a scalar", inputs: [values(2)], fn: (a) => t.sum(a), torch: "x0.sum()" },
  { name: "sum, over nothing", inputs: [uniform([2, 0])], fn: (a) => t.sum(a, 1), torch: "x0.sum(1)" },
  { name: "sum, of no rows", inputs: [uniform([0, 3])], fn: (a) => t.sum(a, 1), torch: "x0.sum(1)" },
  {
    name: "sum, of integers and bools",
    inputs: [integers([4], -3, 9), bools([5])],
    fn: (a, b) => [t.sum(a), t.sum(b)],
    torch: "x0.sum(), x1.sum()",
  },
  { name: "sum, of special values", inputs: [withNaN], fn: (a) => t.sum(a, 1), torch: "x0.sum(1)", numeric: false },
  { name: "mean", inputs: [x], fn: (a) => t.mean(a), torch: "x0.mean()" },
  {
    name: "mean, two dimensions kept",
    inputs: [x],
    fn: (a) => t.mean(a, [0, 2], keepdim),
    torch: "x0.mean((0, 2), keepdim=True)",
  },
  {
    name: "mean, over nothing",
    inputs: [uniform([2, 0])],
    fn: (a) => t.mean(a, 1),
    torch: "x0.mean(1)",
    numeric: false,
  },
  { name: "prod", inputs: [x], fn: (a) => t.prod(a, 1), torch: "x0.prod(1)" },
  { name: "prod, of all", inputs: [uniform([5], 0.5, 2)], fn: (a) => t.prod(a), torch: "x0.prod()" },
  {
    name: "prod, with zeros",
    inputs: [withZeros],
    fn: (a) => t.prod(a, 1, keepdim),
    torch: "x0.prod(1, keepdim=True)",
  },
  { name: "prod, over nothing", inputs: [uniform([2, 0])], fn: (a) => t.prod(a, 1), torch: "x0.prod(1)" },
  { name: "variance", inputs: [x], fn: (a) => t.variance(a), torch: "x0.var()" },
  {
    name: "variance, one dimension, of the population",
    inputs: [x],
    fn: (a) => t.variance(a, 1, { correction: 0 }),
    torch: "x0.var(1, unbiased=False)",
  },
  {
    name: "variance, two dimensions kept",
    inputs: [x],
    fn: (a) => t.variance(a, [0, 2], keepdim),
    torch: "x0.var((0, 2), keepdim=True)",
  },
  {
    name: "variance, of one value",
    inputs: [uniform([2, 1])],
    fn: (a) => t.variance(a, 1),
    torch: "x0.var(1)",
    numeric: false,
  },
  { name: "std", inputs: [x], fn: (a) => t.std(a, 2), torch: "x0.std(2)" },
  {
    name: "std, of the population, kept",
    inputs: [x],
    fn: (a) => t.std(a, 0, { correction: 0, keepdim: true }),
    torch: "x0.std(0, unbiased=False, keepdim=True)",
  },
  {
    name: "std, of equal values",
    inputs: [values([[2, 2, 2], [1, 2, 4]])], // biome-ignore format: a matrix
    fn: (a) => t.std(a, 1),
    torch: "x0.std(1)",
    numeric: false,
  },
  { name: "amax", inputs: [unlike], fn: (a) => t.amax(a), torch: "x0.amax()" },
  {
    name: "amax, two dimensions kept",
    inputs: [unlike],
    fn: (a) => t.amax(a, [0, 2], keepdim),
    torch: "x0.amax((0, 2), keepdim=True)",
  },
  { name: "amax, at ties", inputs: [ties], fn: (a) => t.amax(a, 1), torch: "x0.amax(1)", numeric: false },
  {
    name: "amax, of special values",
    inputs: [withNaN],
    fn: (a) => t.amax(a, 1),
    torch: "x0.amax(1)",
    gradients: false,
  },
  { name: "amax, of integers", inputs: [integers([2, 3], -9, 9)], fn: (a) => t.amax(a, 0), torch: "x0.amax(0)" },
  { name: "amin", inputs: [unlike], fn: (a) => t.amin(a, 1), torch: "x0.amin(1)" },
  { name: "amin, at ties", inputs: [ties], fn: (a) => t.amin(a, 1), torch: "x0.amin(1)", numeric: false },
  {
    name: "amin, of special values",
    inputs: [withNaN],
    fn: (a) => t.amin(a, 1),
    torch: "x0.amin(1)",
    gradients: false,
  },
  {
    name: "argmax",
    inputs: [unlike],
    fn: (a) => [t.argmax(a), t.argmax(a, 1), t.argmax(a, -1, keepdim)],
    torch: "x0.argmax(), x0.argmax(1), x0.argmax(-1, keepdim=True)",
  },
  { name: "argmax, with NaN", inputs: [withNaN], fn: (a) => t.argmax(a, 1), torch: "x0.argmax(1)" },
  {
    name: "argmin",
    inputs: [unlike],
    fn: (a) => [t.argmin(a), t.argmin(a, 1), t.argmin(a, -1, keepdim)],
    torch: "x0.argmin(), x0.argmin(1), x0.argmin(-1, keepdim=True)",
  },
  { name: "argmin, with NaN", inputs: [withNaN], fn: (a) => t.argmin(a, 1), torch: "x0.argmin(1)" },
  {
    name: "any",
    inputs: [bools([3, 2])],
    fn: (a) => [t.any(a), t.any(a, 1), t.any(a, 0, keepdim)],
    torch: "x0.any(), x0.any(1), x0.any(0, keepdim=True)",
  },
  { name: "any, of numbers with NaN", inputs: [withNaN], fn: (a) => t.any(a, 1), torch: "x0.any(1)" },
  {
    name: "all",
    inputs: [bools([3, 2])],
    fn: (a) => [t.all(a), t.all(a, 1), t.all(a, 0, keepdim)],
    torch: "x0.all(), x0.all(1), x0.all(0, keepdim=True)",
  },
  {
    name: "all, of nothing",
    also: ["any"],
    inputs: [bools([2, 0])],
    fn: (a) => [t.all(a, 1), t.any(a, 1)],
    torch: "x0.all(1), x0.any(1)",
  },
  { name: "logSumExp", inputs: [x], fn: (a) => t.logSumExp(a, 1), torch: "x0.logsumexp(1)" },
  { name: "logSumExp, of all", inputs: [x], fn: (a) => t.logSumExp(a), torch: "x0.logsumexp((0, 1, 2))" },
  {
    name: "logSumExp, of large values",
    inputs: [values([1000, 1001, 999])],
    fn: (a) => t.logSumExp(a, 0, keepdim),
    torch: "x0.logsumexp(0, keepdim=True)",
  },
  {
    name: "logSumExp, of infinities",
    inputs: [infinite],
    fn: (a) => t.logSumExp(a, 1),
    torch: "x0.logsumexp(1)",
    gradients: false,
  },
  { name: "norm", inputs: [x], fn: (a) => t.norm(a), torch: "torch.linalg.vector_norm(x0)" },
  {
    name: "norm, one dimension kept",
    inputs: [x],
    fn: (a) => t.norm(a, 1, keepdim),
    torch: "torch.linalg.vector_norm(x0, dim=1, keepdim=True)",
  },
  {
    name: "norm, p = 1",
    inputs: [x],
    fn: (a) => t.norm(a, 1, { p: 1 }),
    torch: "torch.linalg.vector_norm(x0, 1, dim=1)",
  },
  {
    name: "norm, p = 3",
    inputs: [x],
    fn: (a) => t.norm(a, [0, 1], { p: 3 }),
    torch: "torch.linalg.vector_norm(x0, 3, dim=(0, 1))",
  },
  {
    name: "norm, p = ∞",
    inputs: [x],
    fn: (a) => t.norm(a, 2, { p: Infinity }),
    torch: "torch.linalg.vector_norm(x0, math.inf, dim=2)",
  },
  {
    name: "norm, of zeros",
    inputs: [origin],
    fn: (a) => t.norm(a, 1),
    torch: "torch.linalg.vector_norm(x0, dim=1)",
    numeric: false,
  },
  { name: "cumsum", inputs: [x], fn: (a) => t.cumsum(a, 1), torch: "x0.cumsum(1)" },
  { name: "cumsum, the last dimension", inputs: [x], fn: (a) => t.cumsum(a, -1), torch: "x0.cumsum(-1)" },
  { name: "cumsum, of bools", inputs: [bools([6])], fn: (a) => t.cumsum(a, 0), torch: "x0.cumsum(0)" },
  { name: "cumsum, of nothing", inputs: [uniform([2, 0])], fn: (a) => t.cumsum(a, 1), torch: "x0.cumsum(1)" },
];
