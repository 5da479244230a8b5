import * as t from "@pointwise/tensor";
import { integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([2, 3, 4]);
const large = values([[1000, 1001, 999], [-1000, -1001, 0]]); // biome-ignore format: a matrix
const infinite = values([[-Infinity, 1, 2], [-Infinity, -Infinity, -Infinity], [Infinity, 1, 0], [NaN, 1, 2]]); // biome-ignore format: a matrix

export const softmaxes: readonly Row[] = [
  { name: "softmax", inputs: [x], fn: (a) => t.softmax(a, -1), torch: "x0.softmax(-1)" },
  { name: "softmax, a middle dimension", inputs: [x], fn: (a) => t.softmax(a, 1), torch: "x0.softmax(1)" },
  { name: "softmax, of large values", inputs: [large], fn: (a) => t.softmax(a, 1), torch: "x0.softmax(1)" },
  {
    name: "softmax, of special values",
    inputs: [infinite],
    fn: (a) => t.softmax(a, 1),
    torch: "x0.softmax(1)",
    gradients: false,
  },
  { name: "softmax, of one value", inputs: [uniform([3, 1])], fn: (a) => t.softmax(a, 1), torch: "x0.softmax(1)" },
  { name: "softmax, of nothing", inputs: [uniform([0, 3])], fn: (a) => t.softmax(a, 1), torch: "x0.softmax(1)" },
  {
    name: "softmax, of integers",
    inputs: [integers([2, 3], -3, 3)],
    fn: (a) => t.softmax(a, 1),
    torch: "x0.float().softmax(1)",
  },
  { name: "logSoftmax", inputs: [x], fn: (a) => t.logSoftmax(a, -1), torch: "x0.log_softmax(-1)" },
  { name: "logSoftmax, a middle dimension", inputs: [x], fn: (a) => t.logSoftmax(a, 1), torch: "x0.log_softmax(1)" },
  { name: "logSoftmax, of large values", inputs: [large], fn: (a) => t.logSoftmax(a, 1), torch: "x0.log_softmax(1)" },
  {
    name: "logSoftmax, of special values",
    inputs: [infinite],
    fn: (a) => t.logSoftmax(a, 1),
    torch: "x0.log_softmax(1)",
    gradients: false,
  },
  {
    name: "softmaxCrossEntropy",
    inputs: [uniform([4, 3]), integers([4], 0, 3)],
    fn: t.softmaxCrossEntropy,
    torch: "F.cross_entropy(x0, x1.long(), reduction='none')",
  },
  {
    name: "softmaxCrossEntropy, at every pixel",
    inputs: [uniform([2, 3, 2, 2]), integers([2, 2, 2], 0, 3)],
    fn: t.softmaxCrossEntropy,
    torch: "F.cross_entropy(x0, x1.long(), reduction='none')",
  },
  {
    name: "softmaxCrossEntropy, of large logits",
    inputs: [large, values([0, 1], "int32")],
    fn: t.softmaxCrossEntropy,
    torch: "F.cross_entropy(x0, x1.long(), reduction='none')",
  },
  {
    name: "softmaxCrossEntropy, of one class",
    inputs: [uniform([3, 1]), integers([3], 0, 1)],
    fn: t.softmaxCrossEntropy,
    torch: "F.cross_entropy(x0, x1.long(), reduction='none')",
  },
  {
    name: "softmaxCrossEntropy, of no samples",
    inputs: [uniform([0, 3]), integers([0], 0, 3)],
    fn: t.softmaxCrossEntropy,
    torch: "F.cross_entropy(x0, x1.long(), reduction='none')",
  },
];
