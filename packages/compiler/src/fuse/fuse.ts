import { loweringOf } from "../lowerings/registry.ts";
import type { Graph, OpNode } from "../trace/graph.ts";
import { isLoopOp, isScalarOp } from "./classify.ts";
import { extendEpilogue } from "./epilogues.ts";
import type { Item } from "./item.ts";
import { ItemList } from "./item-list.ts";
import { placeInLoop } from "./loops.ts";
import { placeAmongScalars } from "./scalars.ts";
import type { Users } from "./users.ts";

/**
 * Divides the graph into items, in an order in which they can run. Nodes are taken as they were recorded; each joins an item that is there
 * already, if all that the node reads is computed before that item, or becomes one at the end. So there are never cycles to look for.
 */
export function fuse(graph: Graph, users: Users): Item[] {
  const items = new ItemList();
  for (const node of graph.nodes) {
    if (node.kind === "op" && node.op.kind !== "view") place(node, items, users);
  }
  return items.toArray();
}

function place(node: OpNode, items: ItemList, users: Users): void {
  const lowering = loweringOf(node);
  if (isScalarOp(node)) placeAmongScalars(node, items);
  else if (lowering) items.placeKernel(node, lowering);
  else if (!isLoopOp(node)) items.add({ kind: "reference", main: node });
  else if (!extendEpilogue(node, items, users)) placeInLoop(node, items, users);
}
