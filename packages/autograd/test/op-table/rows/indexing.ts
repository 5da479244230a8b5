import * as t from "@pointwise/tensor";
import { distinct, integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([3, 4]);
const unlike = distinct([3, 4]);
const ties = values([2, 1, 2, 1, 3]);
const withNaN = values([2, NaN, -Infinity, Infinity, 1]);

export const indexing: readonly Row[] = [
  {
    name: "gather",
    inputs: [x, integers([2, 4], 0, 3)],
    fn: (a, index) => t.gather(a, 0, index),
    torch: "x0.gather(0, x1.long())",
  },
  {
    name: "gather, the last dimension",
    inputs: [x, integers([3, 6], 0, 4)],
    fn: (a, index) => t.gather(a, -1, index),
    torch: "x0.gather(-1, x1.long())",
  },
  {
    name: "gather, part of the other dimension",
    inputs: [x, integers([2, 2], 0, 4)],
    fn: (a, index) => t.gather(a, 1, index),
    torch: "x0.gather(1, x1.long())",
  },
  {
    name: "gather, nothing",
    inputs: [x, integers([0, 4], 0, 3)],
    fn: (a, index) => t.gather(a, 0, index),
    torch: "x0.gather(0, x1.long())",
  },
  {
    name: "scatterAdd",
    inputs: [x, integers([2, 4], 0, 3), uniform([2, 4])],
    fn: (a, index, source) => t.scatterAdd(a, 0, index, source),
    torch: "x0.scatter_add(0, x1.long(), x2)",
  },
  {
    name: "scatterAdd, the last dimension",
    inputs: [x, integers([3, 6], 0, 4), uniform([3, 6])],
    fn: (a, index, source) => t.scatterAdd(a, 1, index, source),
    torch: "x0.scatter_add(1, x1.long(), x2)",
  },
  {
    name: "indexSelect",
    inputs: [x, values([2, 0, 2], "int32")],
    fn: (a, index) => t.indexSelect(a, 0, index),
    torch: "x0.index_select(0, x1)",
  },
  {
    name: "indexSelect, the last dimension",
    inputs: [x, values([3, 3], "int32")],
    fn: (a, index) => t.indexSelect(a, -1, index),
    torch: "x0.index_select(-1, x1)",
  },
  {
    name: "indexSelect, nothing",
    inputs: [x, integers([0], 0, 1)],
    fn: (a, index) => t.indexSelect(a, 0, index),
    torch: "x0.index_select(0, x1)",
  },
  {
    name: "indexAdd",
    inputs: [x, values([2, 0, 2], "int32"), uniform([3, 4])],
    fn: (a, index, source) => t.indexAdd(a, 0, index, source),
    torch: "x0.index_add(0, x1, x2)",
  },
  {
    name: "indexAdd, the last dimension",
    inputs: [x, values([3, 3], "int32"), uniform([3, 2])],
    fn: (a, index, source) => t.indexAdd(a, -1, index, source),
    torch: "x0.index_add(-1, x1, x2)",
  },
  {
    name: "oneHot",
    inputs: [values([2, 0, 1, 2], "int32")],
    fn: (a) => t.oneHot(a, 4),
    torch: "F.one_hot(x0.long(), 4).float()",
  },
  {
    name: "oneHot, of a matrix, as bools",
    inputs: [integers([2, 3], 0, 3)],
    fn: (a) => t.oneHot(a, 3, { dtype: "bool" }),
    torch: "F.one_hot(x0.long(), 3).bool()",
  },
  {
    name: "argsort",
    inputs: [unlike],
    fn: (a) => [t.argsort(a), t.argsort(a, 0), t.argsort(a, 1, { descending: true })],
    torch: "x0.argsort(), x0.argsort(0), x0.argsort(1, descending=True)",
  },
  {
    name: "argsort, at ties",
    inputs: [ties],
    fn: (a) => [t.argsort(a), t.argsort(a, 0, { descending: true })],
    torch: "x0.sort(stable=True)[1], x0.sort(stable=True, descending=True)[1]",
  },
  {
    name: "argsort, with NaN",
    inputs: [withNaN],
    fn: (a) => [t.argsort(a), t.argsort(a, 0, { descending: true })],
    torch: "x0.argsort(), x0.argsort(descending=True)",
  },
  { name: "sort", inputs: [unlike], fn: (a) => Object.values(t.sort(a)), torch: "x0.sort()" },
  {
    name: "sort, another dimension, descending",
    inputs: [unlike],
    fn: (a) => Object.values(t.sort(a, 0, { descending: true })),
    torch: "x0.sort(0, descending=True)",
  },
  { name: "topk", inputs: [unlike], fn: (a) => Object.values(t.topk(a, 2)), torch: "x0.topk(2)" },
  {
    name: "topk, another dimension",
    inputs: [unlike],
    fn: (a) => Object.values(t.topk(a, 3, 0)),
    torch: "x0.topk(3, 0)",
  },
  { name: "topk, nothing", inputs: [unlike], fn: (a) => Object.values(t.topk(a, 0)), torch: "x0.topk(0)" },
];
