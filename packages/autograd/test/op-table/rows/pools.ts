import * as t from "@pointwise/tensor";
import { distinct, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([2, 2, 5, 6]);
const unlike = distinct([2, 2, 5, 6]);
const special = values([[[[1, NaN, 2, 3], [0, 1, -Infinity, -Infinity]]]]); // biome-ignore format: a map
const sliding = { kernelSize: [2, 3], stride: [2, 1], padding: [1, 1], dilation: [1, 1], ceilMode: false } as const;
const torchSliding = "(2, 3), stride=(2, 1), padding=(1, 1)";

export const pools: readonly Row[] = [
  { name: "maxPool2d", inputs: [unlike], fn: (a) => t.maxPool2d(a, 2), torch: "F.max_pool2d(x0, 2)" },
  {
    name: "maxPool2d, overlapping",
    inputs: [unlike],
    fn: (a) => t.maxPool2d(a, [3, 2], { stride: [1, 2] }),
    torch: "F.max_pool2d(x0, (3, 2), stride=(1, 2))",
  },
  {
    name: "maxPool2d, padding",
    inputs: [unlike],
    fn: (a) => t.maxPool2d(a, 3, { padding: 1 }),
    torch: "F.max_pool2d(x0, 3, padding=1)",
  },
  {
    name: "maxPool2d, dilation",
    inputs: [unlike],
    fn: (a) => t.maxPool2d(a, 2, { stride: 1, dilation: [3, 2] }),
    torch: "F.max_pool2d(x0, 2, stride=1, dilation=(3, 2))",
  },
  {
    name: "maxPool2d, ceilMode",
    inputs: [unlike],
    fn: (a) => t.maxPool2d(a, 2, { ceilMode: true }),
    torch: "F.max_pool2d(x0, 2, ceil_mode=True)",
  },
  {
    name: "maxPool2d, all options",
    inputs: [unlike],
    fn: (a) => t.maxPool2d(a, [2, 3], { stride: [2, 2], padding: [1, 1], dilation: [2, 1], ceilMode: true }),
    torch: "F.max_pool2d(x0, (2, 3), stride=(2, 2), padding=(1, 1), dilation=(2, 1), ceil_mode=True)",
  },
  {
    name: "maxPool2d, at ties",
    inputs: [
      values([
        [
          [
            [1, 1, 0, 2],
            [1, 1, 2, 2],
          ],
        ],
      ]),
    ],
    fn: (a) => t.maxPool2d(a, 2),
    torch: "F.max_pool2d(x0, 2)",
    numeric: false,
  },
  {
    name: "maxPool2d, of special values",
    inputs: [special],
    fn: (a) => t.maxPool2d(a, 2),
    torch: "F.max_pool2d(x0, 2)",
    numeric: false,
  },
  {
    name: "maxPool2d, of no pictures",
    inputs: [uniform([0, 2, 4, 4])],
    fn: (a) => t.maxPool2d(a, 2),
    torch: "F.max_pool2d(x0, 2)",
  },
  {
    name: "maxPool2dIndices",
    inputs: [unlike],
    fn: (a) => t.apply(t.maxPool2dIndicesOp, [a], sliding),
    torch: `F.max_pool2d(x0, ${torchSliding}, return_indices=True)[1]`,
  },
  {
    name: "maxPool2dGrad",
    inputs: [uniform([1, 2, 3, 3]), distinct([1, 2, 4, 3])],
    fn: (grad, a) => t.apply(t.maxPool2dGradOp, [grad, a], sliding),
    torch: `torch.autograd.grad(F.max_pool2d(x1, ${torchSliding}), x1, x0, create_graph=True)`,
  },
  { name: "avgPool2d", inputs: [x], fn: (a) => t.avgPool2d(a, 2), torch: "F.avg_pool2d(x0, 2)" },
  {
    name: "avgPool2d, overlapping",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, [3, 2], { stride: [1, 2] }),
    torch: "F.avg_pool2d(x0, (3, 2), stride=(1, 2))",
  },
  {
    name: "avgPool2d, padding",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, 3, { padding: 1 }),
    torch: "F.avg_pool2d(x0, 3, padding=1)",
  },
  {
    name: "avgPool2d, padding not counted",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, 3, { padding: 1, countIncludePad: false }),
    torch: "F.avg_pool2d(x0, 3, padding=1, count_include_pad=False)",
  },
  {
    name: "avgPool2d, ceilMode",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, [2, 4], { stride: [2, 3], ceilMode: true }),
    torch: "F.avg_pool2d(x0, (2, 4), stride=(2, 3), ceil_mode=True)",
  },
  {
    name: "avgPool2d, ceilMode and padding",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, 4, { stride: 3, padding: 1, ceilMode: true }),
    torch: "F.avg_pool2d(x0, 4, stride=3, padding=1, ceil_mode=True)",
  },
  {
    name: "avgPool2d, ceilMode, padding not counted",
    inputs: [x],
    fn: (a) => t.avgPool2d(a, 4, { stride: 3, padding: 1, ceilMode: true, countIncludePad: false }),
    torch: "F.avg_pool2d(x0, 4, stride=3, padding=1, ceil_mode=True, count_include_pad=False)",
  },
  {
    name: "avgPool2d, of special values",
    inputs: [special],
    fn: (a) => t.avgPool2d(a, 2),
    torch: "F.avg_pool2d(x0, 2)",
    numeric: false,
  },
  {
    name: "avgPool2d, of no pictures",
    inputs: [uniform([0, 2, 4, 4])],
    fn: (a) => t.avgPool2d(a, 2),
    torch: "F.avg_pool2d(x0, 2)",
  },
  {
    name: "avgPool2dGrad",
    inputs: [uniform([1, 2, 3, 3])],
    fn: (grad) => t.apply(t.avgPool2dGradOp, [grad], { ...sliding, countIncludePad: true, inputSize: [4, 3] }),
    torch: `torch.autograd.grad(F.avg_pool2d(x := torch.zeros((1, 2, 4, 3), dtype=x0.dtype, requires_grad=True), ${torchSliding}), x, x0, create_graph=True)`,
  },
  {
    name: "adaptiveAvgPool2d, to one",
    inputs: [x],
    fn: (a) => t.adaptiveAvgPool2d(a, 1),
    torch: "F.adaptive_avg_pool2d(x0, 1)",
  },
  {
    name: "adaptiveAvgPool2d, uneven",
    inputs: [x],
    fn: (a) => t.adaptiveAvgPool2d(a, [3, 4]),
    torch: "F.adaptive_avg_pool2d(x0, (3, 4))",
  },
  {
    name: "adaptiveAvgPool2d, even",
    inputs: [x],
    fn: (a) => t.adaptiveAvgPool2d(a, [5, 2]),
    torch: "F.adaptive_avg_pool2d(x0, (5, 2))",
  },
  {
    name: "adaptiveAvgPool2d, larger than the picture",
    inputs: [uniform([1, 1, 2, 3])],
    fn: (a) => t.adaptiveAvgPool2d(a, [3, 5]),
    torch: "F.adaptive_avg_pool2d(x0, (3, 5))",
  },
  {
    name: "adaptiveAvgPool2dGrad",
    inputs: [uniform([1, 2, 3, 2])],
    fn: (grad) => t.apply(t.adaptiveAvgPool2dGradOp, [grad], { inputSize: [5, 3] }),
    torch:
      "torch.autograd.grad(F.adaptive_avg_pool2d(x := torch.zeros((1, 2, 5, 3), dtype=x0.dtype, requires_grad=True), (3, 2)), x, x0, create_graph=True)",
  },
  {
    name: "adaptiveMaxPool2d, to one",
    inputs: [unlike],
    fn: (a) => t.adaptiveMaxPool2d(a, 1),
    torch: "F.adaptive_max_pool2d(x0, 1)",
  },
  {
    name: "adaptiveMaxPool2d, uneven",
    inputs: [unlike],
    fn: (a) => t.adaptiveMaxPool2d(a, [3, 4]),
    torch: "F.adaptive_max_pool2d(x0, (3, 4))",
  },
  {
    name: "adaptiveMaxPool2d, with NaN",
    inputs: [special],
    fn: (a) => t.adaptiveMaxPool2d(a, [2, 3]),
    torch: "F.adaptive_max_pool2d(x0, (2, 3))",
    gradients: false,
  },
  {
    name: "adaptiveMaxPool2dIndices",
    inputs: [unlike],
    fn: (a) => t.apply(t.adaptiveMaxPool2dIndicesOp, [a], { outputSize: [3, 4] }),
    torch: "F.adaptive_max_pool2d(x0, (3, 4), return_indices=True)[1]",
  },
];
