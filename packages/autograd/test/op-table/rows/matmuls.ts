import * as t from "@pointwise/tensor";
import { integers, uniform, values } from "../inputs.ts";
import type { Row } from "../row.ts";

const [A, B] = [{ transposeA: true }, { transposeB: true }];

export const matmuls: readonly Row[] = [
  { name: "matmul", inputs: [uniform([2, 3]), uniform([3, 4])], fn: (a, b) => t.matmul(a, b), torch: "x0 @ x1" },
  {
    name: "matmul, transposeA",
    inputs: [uniform([3, 2]), uniform([3, 4])],
    fn: (a, b) => t.matmul(a, b, A),
    torch: "x0.mT @ x1",
  },
  {
    name: "matmul, transposeB",
    inputs: [uniform([2, 3]), uniform([4, 3])],
    fn: (a, b) => t.matmul(a, b, B),
    torch: "x0 @ x1.mT",
  },
  {
    name: "matmul, both transposed",
    inputs: [uniform([3, 2]), uniform([4, 3])],
    fn: (a, b) => t.matmul(a, b, { ...A, ...B }),
    torch: "x0.mT @ x1.mT",
  },
  {
    name: "matmul, batches",
    inputs: [uniform([2, 2, 3]), uniform([2, 3, 2])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, batches transposed",
    inputs: [uniform([2, 3, 2]), uniform([2, 2, 3])],
    fn: (a, b) => t.matmul(a, b, { ...A, ...B }),
    torch: "x0.mT @ x1.mT",
  },
  {
    name: "matmul, batches broadcast both ways",
    inputs: [uniform([3, 1, 2, 3]), uniform([2, 3, 2])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, batches broadcast, transposed",
    inputs: [uniform([3, 2]), uniform([2, 2, 3])],
    fn: (a, b) => t.matmul(a, b, { ...A, ...B }),
    torch: "x0.mT @ x1.mT",
  },
  {
    name: "matmul, a batch by a matrix",
    inputs: [uniform([2, 2, 3]), uniform([4, 3])],
    fn: (a, b) => t.matmul(a, b, B),
    torch: "x0 @ x1.mT",
  },
  {
    name: "matmul, a matrix by a batch",
    inputs: [uniform([2, 3]), uniform([2, 3, 2])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  { name: "matmul, of vectors", inputs: [uniform([3]), uniform([3])], fn: (a, b) => t.matmul(a, b), torch: "x0 @ x1" },
  {
    name: "matmul, of a vector and a matrix",
    inputs: [uniform([3]), uniform([3, 4])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, of a batch and a vector",
    inputs: [uniform([2, 2, 3]), uniform([3])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  { name: "matmul, of a matrix by itself", inputs: [uniform([3, 3])], fn: (a) => t.matmul(a, a), torch: "x0 @ x0" },
  {
    name: "matmul, over nothing",
    inputs: [uniform([2, 0]), uniform([0, 3])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, of no rows",
    inputs: [uniform([0, 2]), uniform([2, 3])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, larger than a block",
    inputs: [uniform([9, 35]), uniform([35, 18])],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
    numeric: false,
  },
  {
    name: "matmul, of integers",
    inputs: [integers([2, 3], -5, 5), integers([3, 2], -5, 5)],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
  },
  {
    name: "matmul, of special values",
    inputs: [
      values([
        [1, NaN],
        [Infinity, 0],
        [-1, 2],
      ]),
      values([
        [1, 0],
        [2, Infinity],
      ]),
    ],
    fn: (a, b) => t.matmul(a, b),
    torch: "x0 @ x1",
    gradients: false,
  },
  {
    name: "einsum, a matrix product",
    inputs: [uniform([2, 3]), uniform([3, 4])],
    fn: (a, b) => t.einsum("ij,jk->ik", a, b),
    torch: "torch.einsum('ij,jk->ik', x0, x1)",
  },
  {
    name: "einsum, batched and transposed",
    inputs: [uniform([2, 3, 2]), uniform([2, 4, 3])],
    fn: (a, b) => t.einsum("bij,bki->kbj", a, b),
    torch: "torch.einsum('bij,bki->kbj', x0, x1)",
  },
  {
    name: "einsum, an outer product",
    inputs: [uniform([2]), uniform([3])],
    fn: (a, b) => t.einsum("i,j", a, b),
    torch: "torch.einsum('i,j', x0, x1)",
  },
  {
    name: "einsum, summing letters of one operand",
    inputs: [uniform([2, 3]), uniform([3, 2])],
    fn: (a, b) => t.einsum("ij,jk->j", a, b),
    torch: "torch.einsum('ij,jk->j', x0, x1)",
  },
  {
    name: "einsum, to a scalar",
    inputs: [uniform([2, 3]), uniform([2, 3])],
    fn: (a, b) => t.einsum("ij,ij->", a, b),
    torch: "torch.einsum('ij,ij->', x0, x1)",
  },
];
