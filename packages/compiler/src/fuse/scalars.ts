import type { OpNode } from "../trace/graph.ts";
import type { ItemList } from "./item-list.ts";

/** Joins the last group of scalars, if all that the node reads is there or before it. */
export function placeAmongScalars(node: OpNode, items: ItemList): void {
  const place = items.lastScalars;
  const home = items.at(place);
  if (home?.kind === "scalars" && node.inputs.every((x) => items.placeOf(x) <= place)) {
    home.nodes.push(node);
    items.joined(node, place);
  } else items.add({ kind: "scalars", nodes: [node] });
}
