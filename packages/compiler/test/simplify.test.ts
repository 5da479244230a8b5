import { valueAndGrad } from "@pointwise/autograd";
import {
  add,
  assign,
  broadcastTo,
  conv2d,
  exp,
  full,
  matmul,
  mul,
  ones,
  permute,
  pow,
  Rng,
  relu,
  reshape,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  zeros,
} from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { simplify } from "../src/simplify/simplify.ts";
import { expressions, graphOf } from "./pipeline.ts";

interface Row {
  readonly title: string;
  readonly f: (...args: Tensor[]) => unknown;
  readonly args: readonly Tensor[];
  readonly expected: readonly string[];
}

const x = zeros([2, 3]);
const [m34, m45, m54, m43, m33] = [zeros([3, 4]), zeros([4, 5]), zeros([5, 4]), zeros([4, 3]), zeros([3, 3])];
const [stack34, stack43] = [zeros([2, 3, 4]), zeros([2, 4, 3])];
const [s, t] = [tensor([1, 2, 3]), tensor([4, 5, 6])];
const swapped = (a: Tensor) => transpose(a);

const groups: Readonly<Record<string, readonly Row[]>> = {
  "dead code": [
    {
      title: "a value that nobody needs",
      f: (a) => {
        exp(a);
        return tanh(a);
      },
      args: [x],
      expected: ["tanh(a)"],
    },
    {
      title: "an assignment that another one overwrites",
      f: (a) => {
        assign(s, exp(s));
        assign(s, tanh(a));
      },
      args: [s],
      expected: ["s0 ← tanh(a)"],
    },
    {
      title: "a loss of which only the gradient is needed",
      f: (a) => {
        const [, grads] = valueAndGrad(() => sum(mul(exp(a), 2)), [a]);
        return grads.get(a);
      },
      args: [x],
      expected: ["mul(2, exp(a))"],
    },
  ],
  "common subexpressions": [
    { title: "the same twice", f: (a) => add(exp(a), exp(a)), args: [x], expected: ["$0 = exp(a)", "add($0, $0)"] },
    {
      title: "the same of what is the same",
      f: (a, b) => [tanh(exp(add(a, b))), tanh(exp(add(a, b)))],
      args: [x, x],
      expected: ["$0 = tanh(exp(add(a, b)))", "$0", "$0"],
    },
    {
      title: "not with the operands exchanged",
      f: (a, b) => [sub(a, b), sub(b, a)],
      args: [x, x],
      expected: ["sub(a, b)", "sub(b, a)"],
    },
    {
      title: "not with other attributes",
      f: (a) => [sum(a, 0), sum(a, 1)],
      args: [zeros([3, 3])],
      expected: ["reshape[3](sum[0](a))", "reshape[3](sum[1](a))"],
    },
    {
      title: "not with zeros of another sign",
      f: (a) => [pow(a, -0), pow(a, 0)],
      args: [x],
      expected: ["pow(a, 0)", "pow(a, 0)"],
    },
    {
      title: "a state before and after it changed",
      f: () => {
        const before = exp(s);
        assign(s, t);
        return [before, exp(s)];
      },
      args: [],
      expected: ["s0 ← broadcastTo[3](s1)", "exp(s0)", "exp(s1)"],
    },
  ],
  constants: [
    {
      title: "numbers and filled tensors",
      f: (a) => add(a, mul(full([2, 3], 2), add(ones([3]), 0.5))),
      args: [x],
      expected: ["add(a, 3)"],
    },
    {
      title: "as float32 holds them",
      f: (a) => mul(a, add(full([], 0.1), full([], 0.2))),
      args: [x],
      expected: [`mul(a, ${Math.fround(Math.fround(0.1) + Math.fround(0.2))})`],
    },
    {
      title: "in other shapes, moved to the op that reads them",
      f: (a) => add(a, reshape(broadcastTo(full([1], 7), [3, 2]), [2, 3])),
      args: [x],
      expected: ["add(a, 7)"],
    },
    { title: "one as a factor", f: (a) => mul(1, mul(a, ones([3]))), args: [x], expected: ["broadcastTo[2,3](a)"] },
    {
      title: "not one as a factor that makes the result larger",
      f: (a) => mul(a, ones([2, 3])),
      args: [zeros([3])],
      expected: ["mul(a, 1)"],
    },
    {
      title: "not a filled tensor that is assigned to",
      f: (a) => {
        const filled = full([3], 2);
        assign(filled, a);
        return mul(a, filled);
      },
      args: [s],
      expected: ["s0 ← broadcastTo[3](a)", "mul(a, a)"],
    },
    {
      title: "returned as arrays of their own",
      f: () => full([2, 2], 3),
      args: [],
      expected: ["broadcastTo[2,2](3)"],
    },
  ],
  "reshapes and broadcasts": [
    {
      title: "a view of a view",
      f: (a) => exp(reshape(reshape(reshape(a, [6]), [3, 2]), [1, 6])),
      args: [x],
      expected: ["exp(reshape[1,6](a))"],
    },
    { title: "there and back", f: (a) => exp(reshape(reshape(a, [6]), [2, 3])), args: [x], expected: ["exp(a)"] },
    {
      title: "two views of one array",
      f: (a) => [exp(reshape(a, [6])), tanh(reshape(a, [6]))],
      args: [x],
      expected: ["$0 = reshape[6](a)", "exp($0)", "tanh($0)"],
    },
    {
      title: "a broadcast before an elementwise op",
      f: (a, b) => add(broadcastTo(a, [2, 3]), b),
      args: [zeros([3]), x],
      expected: ["add(a, b)"],
    },
    {
      title: "not a broadcast before another op",
      f: (a) => matmul(broadcastTo(a, [2, 3]), transpose(broadcastTo(a, [2, 3]))),
      args: [zeros([3])],
      expected: ["$0 = broadcastTo[2,3](a)", "matmul[transposeB]($0, $0)"],
    },
    {
      title: "an argument that is returned is copied",
      f: (a) => [a, reshape(a, [6])],
      args: [x],
      expected: ["broadcastTo[2,3](a)", "broadcastTo[6](reshape[6](a))"],
    },
  ],
  "transpositions of products' operands": [
    {
      title: "the left one",
      f: (a, b) => matmul(swapped(a), b),
      args: [m43, m45],
      expected: ["matmul[transposeA](a, b)"],
    },
    {
      title: "the right one",
      f: (a, b) => matmul(a, swapped(b)),
      args: [m34, m54],
      expected: ["matmul[transposeB](a, b)"],
    },
    {
      title: "both",
      f: (a, b) => matmul(swapped(a), swapped(b)),
      args: [m43, m54],
      expected: ["matmul[transposeA; transposeB](a, b)"],
    },
    {
      title: "beside a flag, which is undone",
      f: (a, b) => matmul(swapped(a), swapped(b), { transposeA: true, transposeB: true }),
      args: [m34, m45],
      expected: ["matmul(a, b)"],
    },
    { title: "twice", f: (a) => exp(swapped(swapped(a))), args: [m34], expected: ["exp(a)"] },
    {
      title: "of stacks",
      f: (a, b) => matmul(swapped(a), b),
      args: [stack43, stack43],
      expected: ["matmul[transposeA](a, b)"],
    },
    {
      title: "not other orders of dimensions",
      f: (a, b) => matmul(permute(a, [1, 0, 2]), b),
      args: [zeros([3, 2, 4]), stack43],
      expected: ["matmul(permute[1,0,2](a), b)"],
    },
    {
      title: "of what others read, too",
      f: (a, b) => [matmul(swapped(a), b), exp(swapped(a))],
      args: [m43, m45],
      expected: ["matmul[transposeA](a, b)", "exp(permute[1,0](a))"],
    },
  ],
  "(A·B)ᵀ = Bᵀ·Aᵀ": [
    {
      title: "plain",
      f: (a, b) => swapped(matmul(a, b)),
      args: [m34, m45],
      expected: ["matmul[transposeA; transposeB](b, a)"],
    },
    {
      title: "with A transposed",
      f: (a, b) => swapped(matmul(a, b, { transposeA: true })),
      args: [m43, m45],
      expected: ["matmul[transposeA](b, a)"],
    },
    {
      title: "with B transposed",
      f: (a, b) => swapped(matmul(a, b, { transposeB: true })),
      args: [m34, m54],
      expected: ["matmul[transposeB](b, a)"],
    },
    {
      title: "with both transposed",
      f: (a, b) => swapped(matmul(swapped(a), swapped(b))),
      args: [m43, m54],
      expected: ["matmul(b, a)"],
    },
    {
      title: "in another product",
      f: (a, b) => matmul(swapped(matmul(a, a)), b),
      args: [m33, m34],
      expected: ["matmul(matmul[transposeA; transposeB](a, a), b)"],
    },
    {
      title: "not of a stack of products",
      f: (a, b) => swapped(matmul(a, b)),
      args: [stack34, stack43],
      expected: ["permute[0,2,1](matmul(a, b))"],
    },
  ],
  "what must stay": [
    {
      title: "the gradient of a linear layer",
      f: (a, w) => {
        const [, grads] = valueAndGrad(() => sum(matmul(a, swapped(w))), [w]);
        return grads.get(w);
      },
      args: [m34, m54],
      expected: ["matmul[transposeA](broadcastTo[3,5](1), a)"],
    },
    {
      title: "a convolution's attributes",
      f: (a, w) => relu(conv2d(a, w, { stride: 2 })),
      args: [zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3])],
      expected: ["relu(conv2d[stride 2,2; padding 0,0,0,0; dilation 1,1; groups 1](a, b))"],
    },
  ],
};

describe.each(Object.entries(groups))("%s", (_, rows) => {
  test.each(rows)("$title", ({ f, args, expected }) => {
    expect(expressions(graphOf(f, [...args]))).toEqual(expected);
  });
});

test("draws of one generator are different values, each its own", () => {
  const rng = new Rng(0);
  const graph = graphOf(() => [rng.uniform([4]), rng.uniform([4])], []);
  expect(graph.nodes.filter((node) => node.kind === "op" && node.op.name === "randomUniform")).toHaveLength(2);
  expect(graph.outputs[0]).not.toBe(graph.outputs[1]);
});

test("arguments stay, also those that nobody reads, and in their order", () => {
  const graph = graphOf((_a, b, _c) => exp(b), [x, m34, m45]);
  expect(graph.inputs.map(({ index, shape }) => [index, shape])).toEqual([
    [0, [2, 3]],
    [1, [3, 4]],
    [2, [4, 5]],
  ]);
});

test("what is simplified is not simplified further, for all of the above", () => {
  for (const { f, args } of Object.values(groups).flat()) {
    const once = graphOf(f, [...args]);
    expect(expressions(simplify(once))).toEqual(expressions(once));
  }
});
