import { addOp, isFloat, matmulOp, reshapeOp } from "@pointwise/tensor";
import { rankOf, sameSize } from "../graph.ts";
import { emitGemm, emitTransposed } from "../ops/products.ts";
import { fixedAttrs } from "../site.ts";
import { eitherOrder, firstOf, isOp, operands, type Pattern } from "./pattern.ts";

/** A product of matrices plus a vector: a Gemm, as a dense layer is. */
export const gemm: Pattern = (node) =>
  firstOf(eitherOrder(node, addOp), ([product, bias]) => {
    if (!isOp(product, matmulOp) || !isFloat(product.dtype) || bias.dtype !== product.dtype) return undefined;
    const isRow = rankOf(bias) === 1 && sameSize(bias, 0, product, 1);
    if (!isRow || !product.inputs.every((x) => rankOf(x) === 2)) return undefined;
    return { inner: [product], inputs: [...product.inputs, bias], emit: (x, b) => emitGemm(product, x, b) };
  });

/** A product of many matrices by one, which was computed as one product of all their rows: a MatMul. */
export const matmulOfRows: Pattern = (node) => {
  const product = operands(node, reshapeOp)?.[0];
  if (!isOp(product, matmulOp)) return undefined;
  const [rows, matrix] = product.inputs;
  const from = operands(rows, reshapeOp)?.[0];
  if (!from || !matrix || rankOf(matrix) !== 2 || rankOf(from) < 3 || rankOf(node) !== rankOf(from)) return undefined;
  const { transposeA, transposeB } = fixedAttrs(product) as { transposeA: boolean; transposeB: boolean }; // of a matmul
  const last = rankOf(from) - 1;
  const keepsRows = node.shapes[0].every((_, i) => i === last || sameSize(node, i, from, i));
  if (transposeA || !keepsRows || !sameSize(rows!, 1, from, last) || !sameSize(node, last, product, 1))
    return undefined;
  return {
    inner: [product, rows!],
    inputs: [from, matrix],
    emit: ([x, w], b) => b.add("MatMul", [x, transposeB ? emitTransposed(matrix, w!, b) : w], node.dtype),
  };
};
