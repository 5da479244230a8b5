import { sameShape } from "@pointwise/tensor";
import { type Item, isReduction, owner } from "../fuse/item.ts";
import type { Graph, Node, StateNode } from "../trace/graph.ts";
import type { Dependencies } from "./dependencies.ts";

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
export function planWrites(graph: Graph, dependencies: Dependencies): Writes {
  const inPlace = new Map<Node, StateNode>();
  const copies: { state: StateNode; value: Node }[] = [];
  const places = new Map(dependencies.items.map((item, i) => [item, i]));
  for (const { state, value } of graph.assignments) {
    const source = owner(value);
    const writer = dependencies.producerOf(source);
    const readers = dependencies.readersOf(state);
    const fits =
      writer &&
      !inPlace.has(source) &&
      readers.every((reader) => places.get(reader)! <= places.get(writer)!) &&
      overwritesSafely(writer, source, state, readers);
    if (fits) inPlace.set(source, state);
    else copies.push({ state, value });
  }
  return { inPlace, copies };
}

function overwritesSafely(writer: Item, source: Node, state: StateNode, readers: readonly Item[]): boolean {
  switch (writer.kind) {
    case "scalars":
      return true; // all are read before the first is written
    case "loop":
      if (source.kind !== "op" || isReduction(source)) return false;
      return writer.nodes.every((node) =>
        node.inputs.every((x) => sameShape(x.shape, writer.shape) || owner(x) !== state),
      );
    default:
      return readers.length === 0; // kernels and references write in an order of their own
  }
}
