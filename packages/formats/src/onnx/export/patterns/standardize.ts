import { addOp, mulOp, reshapeOp, rsqrtOp, squareOp, subOp } from "@pointwise/tensor";
import { isFixed, type Node, rankOf } from "../graph.ts";
import { meanOf } from "./mean.ts";
import { eitherOrder, firstOf, isOp, operands, type Pattern } from "./pattern.ts";

interface Standardized {
  readonly from: Node;
  /** How many dimensions, the last ones, are normalised over. */
  readonly count: number;
  readonly eps: number;
  readonly nodes: readonly Node[];
}

/** (x − mean) / √(variance + eps) over the last dimensions. */
function standardized(node: Node | undefined): Standardized | undefined {
  return firstOf(eitherOrder(node, mulOp), ([centred, inverse]) => {
    const [from, centre] = operands(centred, subOp) ?? [];
    const sum = operands(inverse, rsqrtOp)?.[0];
    const [spread, eps] = operands(sum, addOp) ?? [];
    const [mean, variance] = [meanOf(centre), meanOf(spread)];
    if (!node || !from || !sum || !mean || !variance || eps?.kind !== "number") return undefined;
    const squares = operands(variance.from, squareOp);
    const overSame = `${mean.dims}` === `${variance.dims}` && mean.keepdims && variance.keepdims;
    if (mean.from !== from || squares?.[0] !== centred || !overSame) return undefined;
    const first = rankOf(from) - mean.dims.length;
    if (!mean.dims.every((d, i) => d === first + i && isFixed(from, d))) return undefined;
    const nodes = [node, centred, inverse, sum, variance.from, ...mean.nodes, ...variance.nodes];
    return { from, count: mean.dims.length, eps: eps.values[0], nodes };
  });
}

interface Scaled extends Standardized {
  readonly scale: Node | undefined;
}

function scaled(node: Node): Scaled | undefined {
  const plain = standardized(node);
  if (plain) return { ...plain, scale: undefined };
  return firstOf(eitherOrder(node, mulOp), ([x, scale]) => {
    const found = standardized(x);
    return found && isOfNormalizedShape(scale, found) ? { ...found, scale, nodes: [node, ...found.nodes] } : undefined;
  });
}

const isOfNormalizedShape = (x: Node, { from, count }: Standardized): boolean =>
  x.dtype === from.dtype && `${x.shapes[0]}` === `${from.shapes[0].slice(-count)}`;

/** LayerNormalization, with or without weight and bias; over groups of channels, InstanceNormalization. */
export const layerNorm: Pattern = (node) => {
  const biased = firstOf(eitherOrder(node, addOp), ([x, bias]) => {
    const found = scaled(x);
    return found && isOfNormalizedShape(bias, found) ? { ...found, bias, nodes: [node, ...found.nodes] } : undefined;
  });
  const found = biased ?? scaled(node);
  if (!found) return undefined;
  const { from, count, eps, scale } = found;
  const { dtype } = node;
  const bias = biased?.bias;
  const affine = [...(scale ? [scale] : []), ...(bias ? [bias] : [])];
  const ofGroups =
    affine.length === 0 && isOp(from, reshapeOp) && rankOf(from) === 3 && count === 1 && isFixed(from, 1);
  return {
    inner: found.nodes.slice(1),
    inputs: [from, ...affine],
    emit: ([x, ...weights], b) => {
      if (ofGroups) {
        const [one, zero] = [1, 0].map((value) => b.filled([from.shapes[0][1]!], value, dtype));
        return b.add("InstanceNormalization", [x, one, zero], dtype, { epsilon: { float: eps } });
      }
      const plain = () => b.filled(from.shapes[0].slice(-count), 1, dtype);
      const [scaleOrBias, last] = weights;
      const inputs = scale ? [x, scaleOrBias, last] : [x, plain(), scaleOrBias];
      return b.add("LayerNormalization", inputs, dtype, { axis: -count, epsilon: { float: eps } });
    },
  };
};
