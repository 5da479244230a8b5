import * as t from "@pointwise/tensor";
import { uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([2, 2, 5, 4]);
const w = uniform([3, 2, 3, 2]);
const attrs = { stride: [2, 1], padding: [[1, 1], [0, 0]], dilation: [1, 2], groups: 1 } as const; // biome-ignore format: pairs

export const conv: readonly Row[] = [
  { name: "conv2d", inputs: [x, w], fn: (a, b) => t.conv2d(a, b), torch: "F.conv2d(x0, x1)" },
  {
    name: "conv2d, bias",
    inputs: [x, w, uniform([3])],
    fn: (a, b, bias) => t.conv2d(a, b, { bias }),
    torch: "F.conv2d(x0, x1, x2)",
  },
  {
    name: "conv2d, stride",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { stride: 2 }),
    torch: "F.conv2d(x0, x1, stride=2)",
  },
  {
    name: "conv2d, stride in pairs",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { stride: [1, 2] }),
    torch: "F.conv2d(x0, x1, stride=(1, 2))",
  },
  {
    name: "conv2d, padding",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { padding: 1 }),
    torch: "F.conv2d(x0, x1, padding=1)",
  },
  {
    name: "conv2d, padding in pairs, wider than the kernel",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { padding: [0, 3] }),
    torch: "F.conv2d(x0, x1, padding=(0, 3))",
  },
  {
    name: "conv2d, padding same",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { padding: "same" }),
    torch: "F.conv2d(x0, x1, padding='same')",
  },
  {
    name: "conv2d, padding same, dilated",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { padding: "same", dilation: [2, 3] }),
    torch: "F.conv2d(x0, x1, padding='same', dilation=(2, 3))",
  },
  {
    name: "conv2d, padding valid",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { padding: "valid" }),
    torch: "F.conv2d(x0, x1, padding='valid')",
  },
  {
    name: "conv2d, dilation",
    inputs: [x, w],
    fn: (a, b) => t.conv2d(a, b, { dilation: [2, 1] }),
    torch: "F.conv2d(x0, x1, dilation=(2, 1))",
  },
  {
    name: "conv2d, groups",
    inputs: [uniform([2, 4, 4, 3]), uniform([6, 2, 2, 2])],
    fn: (a, b) => t.conv2d(a, b, { groups: 2 }),
    torch: "F.conv2d(x0, x1, groups=2)",
  },
  {
    name: "conv2d, depthwise",
    inputs: [uniform([1, 3, 4, 4]), uniform([6, 1, 3, 3])],
    fn: (a, b) => t.conv2d(a, b, { groups: 3, padding: 1 }),
    torch: "F.conv2d(x0, x1, groups=3, padding=1)",
  },
  {
    name: "conv2d, all options",
    inputs: [uniform([2, 4, 7, 6]), uniform([4, 2, 3, 2]), uniform([4])],
    fn: (a, b, bias) => t.conv2d(a, b, { bias, stride: [2, 3], padding: [2, 1], dilation: [2, 1], groups: 2 }),
    torch: "F.conv2d(x0, x1, x2, stride=(2, 3), padding=(2, 1), dilation=(2, 1), groups=2)",
  },
  {
    name: "conv2d, 1×1 kernel",
    inputs: [x, uniform([3, 2, 1, 1])],
    fn: (a, b) => t.conv2d(a, b),
    torch: "F.conv2d(x0, x1)",
  },
  {
    name: "conv2d, 1×1 kernel, stride and padding",
    inputs: [x, uniform([3, 2, 1, 1])],
    fn: (a, b) => t.conv2d(a, b, { stride: 2, padding: 1 }),
    torch: "F.conv2d(x0, x1, stride=2, padding=1)",
  },
  {
    name: "conv2d, 1×1 picture",
    inputs: [uniform([2, 3, 1, 1]), uniform([2, 3, 1, 1])],
    fn: (a, b) => t.conv2d(a, b),
    torch: "F.conv2d(x0, x1)",
  },
  {
    name: "conv2d, kernel of the picture's size",
    inputs: [x, uniform([2, 2, 5, 4])],
    fn: (a, b) => t.conv2d(a, b),
    torch: "F.conv2d(x0, x1)",
  },
  {
    name: "conv2d, no pictures",
    inputs: [uniform([0, 2, 5, 4]), w],
    fn: (a, b) => t.conv2d(a, b),
    torch: "F.conv2d(x0, x1)",
  },
  {
    name: "conv2d, many maps",
    inputs: [uniform([1, 9, 4, 5]), uniform([17, 9, 3, 3])],
    fn: (a, b) => t.conv2d(a, b, { padding: 1 }),
    torch: "F.conv2d(x0, x1, padding=1)",
    numeric: false,
  },
  {
    name: "conv2d, of special values",
    inputs: [
      values([
        [
          [
            [1, NaN, 2, 3],
            [0, 1, -Infinity, 2],
            [1, 2, 3, 4],
          ],
        ],
      ]),
      values([
        [
          [
            [1, 0.5],
            [2, -1],
          ],
        ],
        [
          [
            [0, 1],
            [1, 1],
          ],
        ],
      ]),
    ],
    fn: (a, b) => t.conv2d(a, b, { padding: 1 }),
    torch: "F.conv2d(x0, x1, padding=1)",
    gradients: false,
  },
  {
    name: "conv2dInputGrad",
    inputs: [uniform([2, 3, 3, 2]), w],
    fn: (grad, b) => t.apply(t.conv2dInputGradOp, [grad, b], { ...attrs, inputSize: [5, 4] }),
    torch: "torch.nn.grad.conv2d_input((2, 2, 5, 4), x1, x0, stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
  },
  {
    name: "conv2dWeightGrad",
    inputs: [uniform([2, 3, 3, 2]), x],
    fn: (grad, a) => t.apply(t.conv2dWeightGradOp, [grad, a], { ...attrs, kernelSize: [3, 2] }),
    torch: "torch.nn.grad.conv2d_weight(x1, (3, 2, 3, 2), x0, stride=(2, 1), padding=(1, 0), dilation=(1, 2))",
  },
];
