import { divOp, isFloat, type Op, reshapeOp, sumOp } from "@pointwise/tensor";
import { type Node, type OpNode, rankOf } from "../graph.ts";
import { emitReduction, reductions } from "../ops/reductions.ts";
import { fixedAttrs } from "../site.ts";
import { isOp, operands, type Pattern } from "./pattern.ts";

interface Reduced {
  readonly node: OpNode;
  readonly from: Node;
  readonly dims: readonly number[];
  readonly keepdims: boolean;
  /** What was computed up to here. */
  readonly nodes: readonly Node[];
}

/** A reduction, or one whose dimensions were dropped. */
function reducedBy(node: Node | undefined, isWanted: (op: Op) => boolean): Reduced | undefined {
  const kept = keptBy(node, isWanted);
  if (kept || !node) return kept;
  const before = keptBy(operands(node, reshapeOp)?.[0], isWanted);
  return before && isDropped(node, before) ? { ...before, keepdims: false, nodes: [node, ...before.nodes] } : undefined;
}

function keptBy(node: Node | undefined, isWanted: (op: Op) => boolean): Reduced | undefined {
  if (node?.kind !== "op" || !isWanted(node.op)) return undefined;
  const { dims } = fixedAttrs(node) as { dims: readonly number[] }; // it is a reduction
  return { node, from: node.inputs[0]!, dims, keepdims: true, nodes: [node] };
}

const isDropped = (node: Node, { from, dims }: Reduced): boolean =>
  node.shapes.every((s, v) => `${s}` === `${from.shapes[v]!.filter((_, i) => !dims.includes(i))}`) && dims.length > 0;

/** A sum divided by how many values there are: a mean. */
export function meanOf(node: Node | undefined): Reduced | undefined {
  const [sum, count] = operands(node, divOp) ?? [];
  const reduced = reducedBy(sum, (op) => op === sumOp);
  if (!node || !reduced || count?.kind !== "number" || !isFloat(reduced.from.dtype)) return undefined;
  const counts = reduced.from.shapes.map((s) => Math.fround(reduced.dims.reduce((product, d) => product * s[d]!, 1)));
  if (!count.values.every((value, v) => Math.fround(value) === counts[v])) return undefined;
  return { ...reduced, nodes: [node, ...reduced.nodes] };
}

/** A mean: GlobalAveragePool for that of each map, else ReduceMean. */
export const mean: Pattern = (node) => {
  const found = meanOf(node);
  if (!found || found.dims.length === 0) return undefined;
  const { from, dims, keepdims } = found;
  const { dtype } = node;
  const ofMaps = rankOf(from) === 4 && `${dims}` === "2,3";
  return {
    inner: found.nodes.slice(1),
    inputs: [from],
    emit: ([x], b) => {
      if (!ofMaps) return b.add("ReduceMean", [x], dtype, { axes: dims, keepdims: +keepdims });
      const maps = b.add("GlobalAveragePool", [x], dtype);
      return keepdims ? maps : b.add("Flatten", [maps], dtype, { axis: 1 });
    },
  };
};

/** A reduction that drops its dimensions. */
export const droppedReduction: Pattern = (node) => {
  const found = isOp(node, reshapeOp) ? reducedBy(node, (op) => reductions.has(op)) : undefined;
  if (!found) return undefined;
  return {
    inner: found.nodes.slice(1),
    inputs: [found.from],
    emit: ([x], b) => emitReduction(found.node, x!, b, false),
  };
};
