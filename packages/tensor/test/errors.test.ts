import * as t from "@pointwise/tensor";
import { describe, expect, test } from "vitest";

const { tensor, zeros } = t;
const int32 = (...values: number[]) => tensor(Int32Array.from(values));
const x = zeros([2, 3]);

type ErrorClass = new (message: string) => Error;

describe("every refusal names the op, the values at fault and the rule", () => {
  test.each<[string, ErrorClass, () => unknown]>([
    [
      "gather: index 3 at [1, 0] is out of range: it must be 0 to 2, since there are 3.",
      t.ShapeError,
      () => t.gather(x, 1, tensor(int32(0, 3).data, { shape: [2, 1] })),
    ],
    [
      "scatterAdd: index -1 at [0, 0] is out of range",
      t.ShapeError,
      () => t.scatterAdd(x, 1, tensor(int32(-1).data, { shape: [1, 1] }), zeros([1, 1])),
    ],
    [
      "scatterAdd: the index [1, 1] and the source [2, 1] must have one shape.",
      t.ShapeError,
      () => t.scatterAdd(x, 1, tensor(int32(0).data, { shape: [1, 1] }), zeros([2, 1])),
    ],
    [
      "gather: the index [3, 1] must have the rank of [2, 3], and be no larger in any dimension but 1.",
      t.ShapeError,
      () => t.gather(x, 1, zeros([3, 1], { dtype: "int32" })),
    ],
    [
      "indexSelect: index 2 at [1] is out of range: it must be 0 to 1, since there are 2.",
      t.ShapeError,
      () => t.indexSelect(x, 0, int32(0, 2)),
    ],
    [
      "indexSelect: index 0 at [0] is out of range: there is none to choose from.",
      t.ShapeError,
      () => t.indexSelect(zeros([0]), 0, int32(0)),
    ],
    [
      "indexSelect: the index must have one dimension, but is [1, 1].",
      t.ShapeError,
      () => t.indexSelect(x, 0, zeros([1, 1], { dtype: "int32" })),
    ],
    ["indexAdd: the source must be [1, 3], but is [3].", t.ShapeError, () => t.indexAdd(x, 0, int32(0), zeros([3]))],
    [
      'indexSelect: indices must be int32, but are float32. Use cast(indices, "int32").',
      t.DTypeError,
      () => t.indexSelect(x, 0, tensor([0])),
    ],
    [
      "oneHot: label 10 at [1] is out of range: it must be 0 to 9, since there are 10.",
      t.ShapeError,
      () => t.oneHot(int32(0, 10), 10),
    ],
    ["oneHot: numClasses must be a whole number ≥ 1, but is 0.", t.UsageError, () => t.oneHot(int32(0), 0)],
    [
      "softmaxCrossEntropy: label 3 at [1] is out of range: it must be 0 to 2, since there are 3.",
      t.ShapeError,
      () => t.softmaxCrossEntropy(x, int32(0, 3)),
    ],
    ["got logits [2, 3] and labels [3].", t.ShapeError, () => t.softmaxCrossEntropy(x, int32(0, 0, 0))],
    [
      "softmaxCrossEntropy: indices must be int32, but are float32.",
      t.DTypeError,
      () => t.softmaxCrossEntropy(x, zeros([2])),
    ],
    [
      "slice: the step must be a whole number ≥ 1, but is -1. Use flip to reverse a dimension.",
      t.ShapeError,
      () => t.slice(x, [0, 2, -1]),
    ],
    [
      "slice: positions must be whole numbers (or ±Infinity), but one is 0.5.",
      t.ShapeError,
      () => t.slice(x, [0.5, 2]),
    ],
    ["slice: 3 ranges for [2, 3], which has 2 dimensions.", t.ShapeError, () => t.slice(x, null, null, null)],
    ["narrow: 3 entries from 1 on do not lie in dimension 1 of [2, 3].", t.ShapeError, () => t.narrow(x, 1, 1, 3)],
    ["select: no index 2 in dimension 0, which has size 2.", t.ShapeError, () => t.select(x, 0, 2)],
    ["permute: [0] must name each of the 2 dimensions of [2, 3].", t.ShapeError, () => t.permute(x, [0])],
    ["permute: the dimensions [0, 0] repeat one.", t.ShapeError, () => t.permute(x, [0, 0])],
    [
      "transpose: no dimension -2 in a tensor of rank 1; valid dimensions are -1 to 0.",
      t.ShapeError,
      () => t.transpose(zeros([3])),
    ],
    ["squeeze: dimension 0 of [2, 3] has size 2; only size 1 can go.", t.ShapeError, () => t.squeeze(x, 0)],
    ["flatten: startDim 1 lies behind endDim 0.", t.ShapeError, () => t.flatten(x, 1, 0)],
    ["reshape: [2, 3] has 6 elements and cannot become [4], which has 4.", t.ShapeError, () => t.reshape(x, [4])],
    ["reshape: no size for the −1 in [-1, 4]", t.ShapeError, () => t.reshape(x, [-1, 4])],
    ["reshape: [-1, -1] has more than one −1.", t.ShapeError, () => t.reshape(x, [-1, -1])],
    [
      "concat: [2, 3] and [3, 3] must agree in every dimension but 1",
      t.ShapeError,
      () => t.concat([x, zeros([3, 3])], 1),
    ],
    ["concat: give at least one tensor.", t.UsageError, () => t.concat([])],
    [
      "stack: tensors must have one shape, but there are [2, 3] and [3, 2].",
      t.ShapeError,
      () => t.stack([x, zeros([3, 2])]),
    ],
    ["split: the sizes [1, 1] do not add up to 3, the size of dimension 1.", t.ShapeError, () => t.split(x, [1, 1], 1)],
    ["split: the size must be a whole number ≥ 1, but is 0.", t.ShapeError, () => t.split(x, 0)],
    [
      "pad: [2, 3] needs a pair [before, after] of whole numbers ≥ 0 for each dimension, but got [[1,1]].",
      t.ShapeError,
      () => t.pad(x, [[1, 1]]),
    ],
    ["tile: [2, 3] needs a number of repeats ≥ 1 for each dimension, but got [2].", t.ShapeError, () => t.tile(x, [2])],
    ["topk: cannot take 4 of the 3 entries of dimension 1.", t.ShapeError, () => t.topk(x, 4, 1)],
    ["clamp: give { min }, { max } or both.", t.UsageError, () => t.clamp(x, {})],
    ['einsum: "ij,jk,kl->il" is not of the form "ij,jk->ik"', t.UsageError, () => t.einsum("ij,jk,kl->il", x, x)],
    ['einsum: "i" occurs twice in "ii" of "ii,ij->j".', t.UsageError, () => t.einsum("ii,ij->j", x, x)],
    [
      'einsum: "z" of the result is in neither operand of "ij,jk->iz".',
      t.UsageError,
      () => t.einsum("ij,jk->iz", x, x),
    ],
    [
      'einsum: "j" of "ij,jk->ik" is 3 in one operand and 2 in the other.',
      t.ShapeError,
      () => t.einsum("ij,jk->ik", x, x),
    ],
    [
      'einsum: "ijk" of "ijk,k->i" does not name the dimensions of [2, 3].',
      t.ShapeError,
      () => t.einsum("ijk,k->i", x, x),
    ],
    ["arange: steps of -1 do not lead from 0 to 3.", t.UsageError, () => t.arange(0, 3, -1)],
    ["arange: steps of 0 do not lead from 0 to 3.", t.UsageError, () => t.arange(0, 3, 0)],
    ["eye: the size must be a whole number ≥ 0, but is 1.5.", t.ShapeError, () => t.eye(1.5)],
    ["linspace: the size must be a whole number ≥ 0, but is -1.", t.ShapeError, () => t.linspace(0, 1, -1)],
    ["tensor: the nested arrays are ragged", t.ShapeError, () => tensor([[1, 2], [3]])],
    ["tensor: 3 values do not fill the shape [2], which has 2.", t.ShapeError, () => tensor([1, 2, 3], { shape: [2] })],
    ["tensor: say the dtype of a Uint8Array's values", t.DTypeError, () => tensor(new Uint8Array(2))],
    [
      "fromData: a Int32Array does not hold float32 values.",
      t.DTypeError,
      () => t.fromData(new Int32Array(2), [2], "float32"),
    ],
    ["item: a tensor of shape [2, 3] has 6 values, not one.", t.UsageError, () => x.item()],
  ])("%s", (message, type, fail) => {
    let thrown: unknown;
    try {
      fail();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(type);
    expect(thrown).toBeInstanceOf(t.PointwiseError);
    expect(String(thrown)).toContain(message);
  });
});
