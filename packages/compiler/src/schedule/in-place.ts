import { sameShape } from "@pointwise/tensor";
import { type Item, isReduction, nodesOf, owner } from "../fuse/item.ts";
import type { Graph, Node, OpNode, StateNode } from "../trace/graph.ts";

/** How states get their new values. */
export interface Writes {
  /** Values that are computed right where the state lies. */
  readonly inPlace: ReadonlyMap<Node, StateNode>;
  /** Values that are copied there at the end. */
  readonly copies: readonly { readonly state: StateNode; readonly value: Node }[];
}

/**
 * Finds the assignments whose value can be written over the state at once: everyone else who reads the old value runs before, and the item
 * that computes the new one reads each element of the old one no later than it writes that element.
 */
export function planWrites(graph: Graph, items: readonly Item[]): Writes {
  const inPlace = new Map<Node, StateNode>();
  const copies: { state: StateNode; value: Node }[] = [];
  for (const { state, value } of graph.assignments) {
    const source = owner(value);
    const place = items.findIndex((item) => nodesOf(item).some((node) => node === source));
    const fits = place >= 0 && !inPlace.has(source) && source.dtype === state.dtype;
    if (fits && isSafe(items, place, source, state)) inPlace.set(source, state);
    else copies.push({ state, value });
  }
  return { inPlace, copies };
}

function isSafe(items: readonly Item[], place: number, source: Node, state: StateNode): boolean {
  const writer = items[place]!;
  const readsState = (item: Item) => nodesOf(item).some((node) => node.inputs.some((x) => owner(x) === state));
  if (items.some((item, i) => i > place && readsState(item))) return false;
  if (writer.kind === "scalars") return true; // all scalars are read before the first is written
  if (writer.kind !== "loop" || source.kind !== "op" || isReduction(source)) return false;
  const reads = writer.nodes.flatMap((node) => node.inputs).filter((x) => owner(x) === state);
  return reads.every((x) => sameShape(x.shape, writer.shape));
}

/** The items that must run before another because they read what it overwrites. */
export function readersOf(state: StateNode, items: readonly Item[], writer: Item): Item[] {
  const reads = (node: OpNode) => node.inputs.some((x) => owner(x) === state);
  return items.filter((item) => item !== writer && nodesOf(item).some(reads));
}
