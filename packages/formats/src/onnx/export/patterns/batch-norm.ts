import { addOp, mulOp, reshapeOp, rsqrtOp, subOp } from "@pointwise/tensor";
import { isFixed, type Node, rankOf } from "../graph.ts";
import { eitherOrder, firstOf, operands, type Pattern } from "./pattern.ts";

interface Normalized {
  readonly from: Node;
  readonly mean: Node;
  readonly variance: Node;
  readonly eps: number;
  readonly weight: Node | undefined;
  readonly nodes: readonly Node[];
}

/** The vector [C] that lies along the channels of x. */
function alongChannels(node: Node, x: Node): Node | undefined {
  const vector = operands(node, reshapeOp)?.[0];
  if (!vector || rankOf(vector) !== 1 || rankOf(x) < 2 || !isFixed(x, 1)) return undefined;
  const shape = [x.shapes[0][1], ...x.shapes[0].slice(2).map(() => 1)];
  return `${node.shapes[0]}` === `${shape}` && vector.dtype === x.dtype ? vector : undefined;
}

/** (x − mean) / √(variance + eps) · weight by statistics that are not the batch's own. */
function normalized(node: Node): Normalized | undefined {
  return firstOf(eitherOrder(node, mulOp), ([centred, factor]) => {
    const [from, shift] = operands(centred, subOp) ?? [];
    if (!from || !shift) return undefined;
    const [mean, scale] = [alongChannels(shift, from), alongChannels(factor, from)];
    if (mean?.kind !== "stored" || !scale) return undefined;
    const found =
      inverseRoot(scale) ?? firstOf(eitherOrder(scale, mulOp), ([inverse, weight]) => inverseRoot(inverse, weight));
    return found && { ...found, from, mean, nodes: [node, centred, shift, factor, scale, ...found.nodes] };
  });
}

function inverseRoot(node: Node, weight?: Node) {
  const sum = operands(node, rsqrtOp)?.[0];
  const [variance, eps] = operands(sum, addOp) ?? [];
  if (!sum || variance?.kind !== "stored" || eps?.kind !== "number") return undefined;
  return { variance, eps: eps.values[0], weight, nodes: weight ? [node, sum] : [sum] };
}

/** BatchNormalization by running statistics. */
export const batchNorm: Pattern = (node) => {
  const biased = firstOf(eitherOrder(node, addOp), ([x, shift]) => {
    const found = normalized(x);
    const bias = found && alongChannels(shift, found.from);
    return bias && { ...found, bias, nodes: [node, shift, ...found.nodes] };
  });
  const found = biased ?? normalized(node);
  if (!found) return undefined;
  const { from, mean, variance, weight, eps } = found;
  const inputs = [from, mean, variance, ...(weight ? [weight] : []), ...(biased ? [biased.bias] : [])];
  const channels = from.shapes[0][1]!;
  const { dtype } = node;
  return {
    inner: found.nodes.slice(1),
    inputs,
    emit: ([x, mean, variance, ...affine], b) => {
      const scale = weight ? affine[0] : b.filled([channels], 1, dtype);
      const bias = biased ? affine[weight ? 1 : 0] : b.filled([channels], 0, dtype);
      return b.add("BatchNormalization", [x, scale, bias, mean, variance], dtype, { epsilon: { float: eps } });
    },
  };
};
