import * as t from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { exportOnnx, importOnnx } from "../src/index.ts";
import { expectClose } from "./onnx-compare.ts";
import { runOnnx } from "./onnx-runtime.ts";

const rng = new t.Rng(2);

interface Row {
  readonly fn: (x: t.Tensor) => t.Tensor;
  /** Without the batch; [3, 4] unless said otherwise. */
  readonly shape?: t.Shape;
  readonly input?: (shape: t.Shape) => t.Tensor;
  readonly fixedBatch?: boolean;
}

const positive = (shape: t.Shape) => rng.uniform(shape, { low: 0.1, high: 2 });
const integers = (shape: t.Shape) => rng.randint(shape, -5, 6);
const indices = (shape: t.Shape) => rng.randint(shape, 0, 5);
const withSpecial = (shape: t.Shape) => {
  const x = rng.normal(shape);
  x.data.set([Number.NaN, Infinity, -Infinity, 0]);
  return x;
};

const matrix = rng.normal([4, 5]);
const table = rng.normal([5, 2]);
const row = rng.normal([4]);
const other = rng.normal([3, 4]);

const longRow = rng.normal([5]);
const kernels = rng.normal([2, 3, 3, 3]);
const biases = rng.normal([2]);

/** What an elementwise op of a user's own does. */
const swishLike = t.elementwise<{ beta: number }>({
  name: "swishLike",
  expr: (k, { beta }, x) => k.div(x!, k.add(k.c(1), k.exp(k.mul(k.neg(x!), k.c(beta))))),
});

const rows: Readonly<Record<string, Row>> = {
  add: { fn: (x) => t.add(x, row) },
  "add, a number": { fn: (x) => t.add(2, x) },
  "add, of integers and floats": { fn: (x) => t.add(x, row), input: integers },
  "add, of bools": { fn: (x) => t.add(t.gt(x, 0), t.gt(x, 1)) },
  sub: { fn: (x) => t.sub(other, x) },
  mul: { fn: (x) => t.mul(x, t.reshape(other, [1, 3, 4])) },
  "mul, of a mask": { fn: (x) => t.mul(x, t.gt(x, 0)) },
  div: { fn: (x) => t.div(1, x), input: positive },
  "div, of integers": { fn: (x) => t.div(x, 4), input: integers },
  pow: { fn: (x) => t.pow(x, 3) },
  "pow, of integers": { fn: (x) => t.pow(x, 2), input: integers },
  maximum: { fn: (x) => t.maximum(x, 0.5) },
  minimum: { fn: (x) => t.minimum(x, row) },
  abs: { fn: t.abs },
  neg: { fn: t.neg, input: integers },
  sign: { fn: t.sign },
  relu: { fn: t.relu },
  "relu, of NaN": { fn: t.relu, input: withSpecial },
  floor: { fn: (x) => t.floor(t.mul(x, 3)) },
  "floor, of integers": { fn: t.floor, input: integers },
  ceil: { fn: (x) => t.ceil(t.mul(x, 3)) },
  round: { fn: (x) => t.round(t.div(x, 2)), input: integers },
  trunc: { fn: (x) => t.trunc(t.mul(x, 3)) },
  sqrt: { fn: t.sqrt, input: positive },
  rsqrt: { fn: t.rsqrt, input: positive },
  square: { fn: t.square },
  reciprocal: { fn: t.reciprocal, input: positive },
  exp: { fn: t.exp },
  expm1: { fn: t.expm1 },
  log: { fn: t.log, input: positive },
  log1p: { fn: t.log1p, input: positive },
  sin: { fn: t.sin },
  cos: { fn: t.cos },
  tanh: { fn: t.tanh },
  erf: { fn: t.erf },
  sigmoid: { fn: t.sigmoid },
  silu: { fn: t.silu },
  softplus: { fn: (x) => t.softplus(t.mul(x, 40)) },
  gelu: { fn: (x) => t.gelu(x) },
  leakyRelu: { fn: (x) => t.leakyRelu(x, 0.3) },
  clamp: { fn: (x) => t.clamp(x, { min: -0.5, max: 0.25 }) },
  "clamp, one bound, of integers": { fn: (x) => t.clamp(x, { max: 2 }), input: integers },
  remainder: { fn: (x) => t.remainder(x, 0.7) },
  "remainder, of integers": { fn: (x) => t.remainder(x, 3), input: integers },
  eq: { fn: (x) => t.eq(x, 1), input: integers },
  ne: { fn: (x) => t.ne(x, 1), input: integers },
  lt: { fn: (x) => t.lt(x, row) },
  le: { fn: (x) => t.le(x, 1), input: integers },
  gt: { fn: (x) => t.gt(x, 0.1) },
  ge: { fn: (x) => t.ge(x, 1.5), input: integers },
  "lt, of bools": { fn: (x) => t.lt(t.gt(x, 0), t.gt(x, 1)) },
  logicalAnd: { fn: (x) => t.logicalAnd(t.gt(x, 0), t.lt(x, 1)) },
  logicalOr: { fn: (x) => t.logicalOr(x, t.lt(x, 1)), input: integers },
  logicalNot: { fn: t.logicalNot, input: integers },
  isnan: { fn: t.isnan, input: withSpecial },
  isfinite: { fn: t.isfinite, input: withSpecial },
  where: { fn: (x) => t.where(t.gt(x, 0), x, other) },
  "where, of a number": { fn: (x) => t.where(t.gt(x, 0), 1, t.cast(t.gt(x, 1), "int32")) },
  "cast, to int32": { fn: (x) => t.cast(t.mul(x, 10), "int32") },
  "cast, to bool": { fn: (x) => t.cast(x, "bool"), input: integers },
  "cast, to float64": { fn: (x) => t.add(t.cast(x, "float64"), 0.1) },
  detach: { fn: (x) => t.add(t.detach(x), 1) },
  "an op of a user's": { fn: (x) => t.apply(swishLike, [x], { beta: 1.5 }) },

  broadcastTo: { fn: (x) => t.broadcastTo(t.reshape(x, [x.shape[0]!, 1, 3, 4]), [x.shape[0]!, 2, 3, 4]) },
  "broadcastTo, to the batch": { fn: (x) => t.add(x, t.broadcastTo(t.reshape(other, [1, 3, 4]), x.shape)) },
  reshape: { fn: (x) => t.reshape(x, [-1, 4]) },
  "reshape, the batch behind": { fn: (x) => t.reshape(x, [2, x.shape[0]!, 6]) },
  "reshape, the batch split and kept": { fn: (x) => t.reshape(x, [x.shape[0]!, 2, 2, 3]) },
  "reshape, nothing": { fn: (x) => t.add(t.reshape(x, x.shape), 1) },
  "flatten, all": { fn: (x) => t.flatten(x) },
  squeeze: { fn: (x) => t.squeeze(x, 1), shape: [1, 4] },
  unsqueeze: { fn: (x) => t.unsqueeze(x, -1) },
  permute: { fn: (x) => t.permute(x, [2, 0, 1]) },
  "reshape, after permute": { fn: (x) => t.reshape(t.permute(x, [1, 0, 2]), [3, -1]) },
  concat: { fn: (x) => t.concat([x, t.mul(x, 2)], 2) },
  "concat, of types": { fn: (x) => t.concat([x, t.cast(x, "int32")], 1) },
  stack: { fn: (x) => t.stack([x, x], 1) },
  tile: { fn: (x) => t.tile(x, [1, 2, 1]) },
  pad: {
    fn: (x) =>
      t.pad(
        x,
        [
          [0, 0],
          [1, 2],
          [0, 1],
        ],
        0.5,
      ),
  },
  slice: { fn: (x) => t.slice(x, null, [1, 3], [0, Infinity, 2]) },
  "slice, of the batch": { fn: (x) => t.slice(x, [1, Infinity]), fixedBatch: true },
  "slice, from the batch's second": { fn: (x) => t.concat([t.slice(x, [1, Infinity]), t.slice(x, [0, 1])], 0) },
  "slice, nothing": { fn: (x) => t.slice(t.add(x, 1), null, null) },
  select: { fn: (x) => t.select(x, 1, -1) },
  split: { fn: (x) => t.sub(...(t.split(x, 2, 2) as [t.Tensor, t.Tensor])) },
  flip: { fn: (x) => t.flip(x, [0, 2]) },

  matmul: { fn: (x) => t.matmul(x, matrix) },
  "matmul, of matrices": { fn: (x) => t.matmul(x, matrix), shape: [4] },
  "matmul, both transposed": {
    fn: (x) => t.matmul(x, matrix, { transposeA: true, transposeB: true }),
    fixedBatch: true,
    input: () => rng.normal([5, 3]),
  },
  "matmul, batches": { fn: (x) => t.matmul(x, x, { transposeB: true }) },
  "matmul, batches, first transposed": { fn: (x) => t.matmul(x, x, { transposeA: true }) },
  "matmul, of a vector": { fn: (x) => t.matmul(x, row) },
  "matmul, of vectors": { fn: (x) => t.matmul(x, x), fixedBatch: true, input: () => rng.normal([4]) },
  "matmul, plus a row": { fn: (x) => t.add(longRow, t.matmul(x, matrix)), shape: [4] },
  "matmul, plus a matrix": { fn: (x) => t.add(t.matmul(x, matrix), t.matmul(x, matrix)), shape: [4] },
  einsum: { fn: (x) => t.einsum("nij,jk->nik", x, matrix) },
  conv2d: { fn: (x) => t.conv2d(x, kernels, { padding: 1, stride: 2 }), shape: [3, 5, 6] },
  "conv2d, bias used twice": {
    fn: (x) => {
      const y = t.conv2d(x, kernels);
      return t.add(t.add(y, t.reshape(biases, [1, 2, 1, 1])), y);
    },
    shape: [3, 5, 6],
  },
  maxPool2d: { fn: (x) => t.maxPool2d(x, 2), shape: [2, 5, 6] },
  "maxPool2d, ceilMode": { fn: (x) => t.maxPool2d(x, 3, { stride: 2, padding: 1, ceilMode: true }), shape: [2, 6, 7] },
  avgPool2d: { fn: (x) => t.avgPool2d(x, 3, { stride: 2, padding: 1 }), shape: [2, 6, 7] },
  "avgPool2d, ceilMode": { fn: (x) => t.avgPool2d(x, 3, { stride: 2, ceilMode: true }), shape: [2, 6, 8] },
  "avgPool2d, ceilMode, padding": {
    fn: (x) => t.avgPool2d(x, 3, { stride: 2, padding: 1, ceilMode: true }),
    shape: [2, 6, 8],
  },
  "adaptiveAvgPool2d, of one size": { fn: (x) => t.adaptiveAvgPool2d(x, 2), shape: [2, 6, 8] },

  sum: { fn: (x) => t.sum(x, 1) },
  "sum, kept": { fn: (x) => t.sum(x, [1, 2], { keepdim: true }) },
  "sum, all": { fn: (x) => t.sum(x) },
  "sum, of bools": { fn: (x) => t.sum(t.gt(x, 0), 2) },
  mean: { fn: (x) => t.mean(x, -1) },
  "mean, with the batch": { fn: (x) => t.mean(x, [0, 2], { keepdim: true }) },
  "mean, of maps, kept": { fn: (x) => t.mean(x, [2, 3], { keepdim: true }), shape: [2, 3, 4] },
  amax: { fn: (x) => t.amax(x, 2) },
  amin: { fn: (x) => t.amin(x, [1, 2]) },
  prod: { fn: (x) => t.prod(x, 1) },
  any: { fn: (x) => t.any(t.gt(x, 1), 1) },
  all: { fn: (x) => t.all(t.gt(x, -1), 2) },
  variance: { fn: (x) => t.variance(x, 2) },
  norm: { fn: (x) => t.norm(x, 2) },
  logSumExp: { fn: (x) => t.logSumExp(x, 1) },
  softmax: { fn: (x) => t.softmax(x, 1) },
  logSoftmax: { fn: (x) => t.logSoftmax(x, 2) },
  cumsum: { fn: (x) => t.cumsum(x, 1) },
  "cumsum, of integers": { fn: (x) => t.cumsum(x, 2), input: integers },
  argmax: { fn: (x) => t.argmax(x, 1) },
  argmin: { fn: (x) => t.argmin(x, 2, { keepdim: true }) },
  argsort: { fn: (x) => t.argsort(x, 2, { descending: true }) },
  topk: { fn: (x) => t.topk(x, 2, 1).values },
  gather: { fn: (x) => t.gather(x, 2, t.argsort(x, 2)) },
  indexSelect: { fn: (x) => t.indexSelect(x, 1, t.tensor(Int32Array.of(2, 0, 2))) },
  "indexSelect, by the input": { fn: (x) => t.indexSelect(table, 0, t.flatten(x)), input: indices },
  scatterAdd: { fn: (x) => t.scatterAdd(x, 2, t.argsort(x, 2), x) },
  oneHot: { fn: (x) => t.oneHot(x, 5), input: indices },
};

describe.each(Object.entries(rows))(
  "%s",
  (_, { fn, shape = [3, 4], input = (s) => rng.normal(s), fixedBatch = false }) => {
    test("gives the same in ONNX Runtime and when imported", async () => {
      const inputs = fixedBatch ? [input([3, ...shape])] : [input([1, ...shape]), input([3, ...shape])];
      const bytes = exportOnnx(fn, inputs.at(-1)!, { dynamicBatch: !fixedBatch });
      const imported = importOnnx(bytes, "model.onnx");
      const outputs = await runOnnx(bytes, ...inputs);
      inputs.forEach((x, i) => {
        const expected = fn(x);
        expectClose(outputs[i]!, expected, `in ONNX Runtime, ${x.shape}`);
        expectClose(imported.forward(x), expected, `imported, ${x.shape}`);
      });
    });
  },
);

/** Ops that cannot be written: gradients, losses and randomness, which only training needs, and what ONNX lacks. */
const refused = new Set<t.Op<never>>([
  t.randomBitsOp,
  t.randomNormalOp,
  t.randomUniformOp,
  t.softmaxCrossEntropyOp,
  t.conv2dInputGradOp,
  t.conv2dWeightGradOp,
  t.maxPool2dGradOp,
  t.maxPool2dIndicesOp,
  t.avgPool2dGradOp,
  t.adaptiveAvgPool2dOp,
  t.adaptiveAvgPool2dGradOp,
  t.adaptiveMaxPool2dIndicesOp,
  t.sliceGradOp,
  t.indexAddOp,
]);

test("every op has a row, unless it cannot be written", () => {
  const seen = new Set<unknown>(refused);
  for (const { fn, shape = [3, 4], input = (s: t.Shape) => rng.normal(s) } of Object.values(rows)) {
    const x = input([3, ...shape]);
    const tracer: t.Tracer = {
      record: (op) => seen.add(op),
      constant: (_, dtype) => new t.Tensor([], dtype, undefined),
      assign: () => {},
    };
    t.trace(tracer, () => fn(new t.Tensor(x.shape, x.dtype, undefined)));
  }
  const ops = Object.entries(t).filter(([name]) => name.endsWith("Op"));
  expect(ops.filter(([, op]) => !seen.has(op)).map(([name]) => name)).toEqual([]);
});
