import * as t from "@pointwise/tensor";
import { bools, integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const x = uniform([2, 3, 4]);
const widths = [[0, 0], [1, 2], [3, 0]] as const; // biome-ignore format: pairs
const corner = [[1, 0], [0, 1]] as const; // biome-ignore format: pairs
const sides = [[0, 0], [1, 1]] as const; // biome-ignore format: pairs

export const shapes: readonly Row[] = [
  { name: "reshape", inputs: [x], fn: (a) => t.reshape(a, [4, -1]), torch: "x0.reshape(4, -1)" },
  {
    name: "reshape, of nothing",
    inputs: [uniform([2, 0, 3])],
    fn: (a) => t.reshape(a, [0, 5]),
    torch: "x0.reshape(0, 5)",
  },
  { name: "reshape, to a scalar", inputs: [values([7])], fn: (a) => t.reshape(a, []), torch: "x0.reshape(())" },
  {
    name: "flatten",
    inputs: [x],
    fn: (a) => [t.flatten(a), t.flatten(a, 1), t.flatten(a, 0, 1)],
    torch: "x0.flatten(), x0.flatten(1), x0.flatten(0, 1)",
  },
  { name: "flatten, of a scalar", inputs: [values(1.5)], fn: (a) => t.flatten(a), torch: "x0.flatten()" },
  {
    name: "squeeze",
    inputs: [uniform([1, 3, 1])],
    fn: (a) => [t.squeeze(a), t.squeeze(a, 0), t.squeeze(a, -1)],
    torch: "x0.squeeze(), x0.squeeze(0), x0.squeeze(-1)",
  },
  {
    name: "unsqueeze",
    inputs: [x],
    fn: (a) => [t.unsqueeze(a, 0), t.unsqueeze(a, -1), t.unsqueeze(a, 1)],
    torch: "x0.unsqueeze(0), x0.unsqueeze(-1), x0.unsqueeze(1)",
  },
  {
    name: "broadcastTo",
    inputs: [uniform([3, 1])],
    fn: (a) => t.broadcastTo(a, [2, 3, 4]),
    torch: "x0.broadcast_to((2, 3, 4))",
  },
  {
    name: "broadcastTo, nothing",
    inputs: [uniform([1, 3])],
    fn: (a) => t.broadcastTo(a, [0, 3]),
    torch: "x0.broadcast_to((0, 3))",
  },
  { name: "permute", inputs: [x], fn: (a) => t.permute(a, [2, 0, 1]), torch: "x0.permute(2, 0, 1)" },
  {
    name: "permute, negative dimensions",
    inputs: [x],
    fn: (a) => t.permute(a, [-2, -1, 0]),
    torch: "x0.permute(-2, -1, 0)",
  },
  {
    name: "permute, of nothing",
    inputs: [uniform([2, 0, 3])],
    fn: (a) => t.permute(a, [2, 1, 0]),
    torch: "x0.permute(2, 1, 0)",
  },
  {
    name: "permute, of integers",
    inputs: [integers([2, 3], 0, 9)],
    fn: (a) => t.permute(a, [1, 0]),
    torch: "x0.permute(1, 0)",
  },
  {
    name: "transpose",
    inputs: [x],
    fn: (a) => [t.transpose(a), t.transpose(a, 0, 1)],
    torch: "x0.transpose(-2, -1), x0.transpose(0, 1)",
  },
  {
    name: "flip",
    inputs: [x],
    fn: (a) => [t.flip(a), t.flip(a, 1), t.flip(a, [0, -1])],
    torch: "x0.flip(0, 1, 2), x0.flip(1), x0.flip(0, -1)",
  },
  { name: "tile", inputs: [uniform([2, 3])], fn: (a) => t.tile(a, [2, 3]), torch: "x0.tile(2, 3)" },
  { name: "pad", inputs: [x], fn: (a) => t.pad(a, widths), torch: "F.pad(x0, (3, 0, 1, 2))" },
  {
    name: "pad, with a value",
    inputs: [uniform([2, 3])],
    fn: (a) => t.pad(a, corner, -1.5),
    torch: "F.pad(x0, (0, 1, 1, 0), value=-1.5)",
  },
  { name: "pad, of nothing", inputs: [uniform([2, 0])], fn: (a) => t.pad(a, sides), torch: "F.pad(x0, (1, 1))" },
  { name: "slice", inputs: [x], fn: (a) => t.slice(a, [0, 1], null, [1, 3]), torch: "x0[0:1, :, 1:3]" },
  {
    name: "slice, with steps and from the end",
    inputs: [x],
    fn: (a) => t.slice(a, null, [-2, Infinity], [0, 4, 3]),
    torch: "x0[:, -2:, 0:4:3]",
  },
  { name: "slice, of nothing", inputs: [x], fn: (a) => t.slice(a, [2, 2]), torch: "x0[2:2]" },
  {
    name: "sliceGrad",
    inputs: [uniform([2, 2])],
    fn: (a) => t.apply(t.sliceGradOp, [a], { starts: [1, 0], steps: [1, 2], sizes: [2, 2], shape: [3, 4] }),
    torch: "F.pad(torch.stack([x0, x0 * 0], 2).flatten(1), (0, 0, 1, 0))",
  },
  { name: "narrow", inputs: [x], fn: (a) => t.narrow(a, -1, 1, 2), torch: "x0.narrow(-1, 1, 2)" },
  { name: "narrow, to nothing", inputs: [x], fn: (a) => t.narrow(a, 1, 3, 0), torch: "x0.narrow(1, 3, 0)" },
  {
    name: "select",
    inputs: [x],
    fn: (a) => [t.select(a, 1, 2), t.select(a, -1, -1)],
    torch: "x0.select(1, 2), x0.select(-1, -1)",
  },
  { name: "split, by one size", inputs: [uniform([5, 2])], fn: (a) => t.split(a, 2), torch: "x0.split(2)" },
  { name: "split, by sizes", inputs: [x], fn: (a) => t.split(a, [1, 0, 3], -1), torch: "x0.split([1, 0, 3], -1)" },
  {
    name: "concat",
    inputs: [uniform([2, 3]), uniform([1, 3])],
    fn: (...xs) => t.concat(xs),
    torch: "torch.cat([x0, x1])",
  },
  {
    name: "concat, the last dimension",
    inputs: [uniform([2, 3]), uniform([2, 1]), uniform([2, 0])],
    fn: (...xs) => t.concat(xs, -1),
    torch: "torch.cat([x0, x1, x2], -1)",
  },
  {
    name: "concat, a tensor with itself",
    inputs: [uniform([2, 3])],
    fn: (a) => t.concat([a, a], 1),
    torch: "torch.cat([x0, x0], 1)",
  },
  {
    name: "concat, of integers and floats",
    inputs: [integers([2], 0, 9), uniform([3], -2, 2, "float32")],
    fn: (...xs) => t.concat(xs),
    torch: "torch.cat([x0, x1])",
  },
  { name: "concat, of one tensor", inputs: [uniform([2, 3])], fn: (a) => t.concat([a]), torch: "torch.cat([x0])" },
  {
    name: "stack",
    inputs: [uniform([2, 3]), uniform([2, 3])],
    fn: (...xs) => [t.stack(xs), t.stack(xs, 1), t.stack(xs, -1)],
    torch: "torch.stack([x0, x1]), torch.stack([x0, x1], 1), torch.stack([x0, x1], -1)",
  },
  {
    name: "stack, of bools",
    inputs: [bools([3]), bools([3])],
    fn: (...xs) => t.stack(xs),
    torch: "torch.stack([x0, x1])",
  },
  {
    name: "toTypeOf",
    inputs: [uniform([2, 3, 4]), uniform([3, 1])],
    fn: (grad, a) => t.toTypeOf(grad, a),
    torch: "x0.sum_to_size(3, 1)",
  },
];
