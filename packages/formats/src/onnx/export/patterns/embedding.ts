import { indexSelectOp, reshapeOp } from "@pointwise/tensor";
import { rankOf, sameSize } from "../graph.ts";
import { fixedAttrs } from "../site.ts";
import { isOp, operands, type Pattern } from "./pattern.ts";

/** Rows of a matrix by indices of any shape, which are looked up as a vector: a Gather. */
export const embedding: Pattern = (node) => {
  const rows = operands(node, reshapeOp)?.[0];
  if (!isOp(rows, indexSelectOp)) return undefined;
  const { dim } = fixedAttrs(rows) as { dim: number }; // of an indexSelect
  const [matrix, vector] = rows.inputs;
  const indices = operands(vector, reshapeOp)?.[0];
  if (!matrix || !indices || dim !== 0 || rankOf(node) !== rankOf(indices) + rankOf(matrix) - 1) return undefined;
  const lead = rankOf(indices);
  const isOfBoth = node.shapes[0].every((_, i) =>
    i < lead ? sameSize(node, i, indices, i) : sameSize(node, i, matrix, i - lead + 1),
  );
  if (!isOfBoth) return undefined;
  return {
    inner: [rows, vector!],
    inputs: [matrix, indices],
    emit: (x, b) => b.add("Gather", x, node.dtype, { axis: 0 }),
  };
};
