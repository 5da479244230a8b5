import { sameShape, sizeOf } from "@pointwise/tensor";
import type { Node, OpNode } from "../trace/graph.ts";
import { isReduction, type LoopItem, loopShape, owner } from "./item.ts";
import type { ItemList } from "./item-list.ts";
import type { Users } from "./users.ts";

/**
 * Joins the latest loop over arrays of the same shape that computes or reads an input of the node, if it can; else it gets a loop of its own.
 * Single numbers do not count: all of an optimizer's updates read its learning rate, and one loop over many arrays would only be slower.
 */
export function placeInLoop(node: OpNode, items: ItemList, users: Users): void {
  const candidates: number[] = [];
  const consider = (near: Node) => {
    const place = items.knownPlaceOf(near);
    if (place !== undefined && !candidates.includes(place)) candidates.push(place);
  };
  for (const input of node.inputs) {
    if (sizeOf(input.shape) === 1) continue;
    consider(input);
    users.of(input).forEach(consider);
  }
  candidates.sort((a, b) => b - a);
  const home = candidates.find((place) => canJoin(node, place, items));
  if (home === undefined) {
    items.add({ kind: "loop", shape: loopShape(node), nodes: [node] });
    return;
  }
  // Checked by canJoin.
  const loop = items.at(home) as LoopItem;
  loop.nodes.push(node);
  items.joined(node, home);
  for (const place of candidates) mergeInto(loop, home, place, node, items);
}

function canJoin(node: OpNode, place: number, items: ItemList): boolean {
  const loop = items.at(place);
  if (loop?.kind !== "loop" || !sameShape(loop.shape, loopShape(node))) return false;
  return node.inputs.every((x) => items.placeOf(x) < place || isComputedIn(loop, x));
}

/** Whether a loop has the value at hand for the element it is at: it computes it, and not by a fold, and it is read as it is. */
function isComputedIn(loop: LoopItem, x: Node): boolean {
  return x.kind === "op" && loop.nodes.includes(x) && !isReduction(x) && sameShape(x.shape, loop.shape);
}

/** Moves an earlier loop that feeds the node into its loop, unless someone needs its results before. */
function mergeInto(home: LoopItem, homePlace: number, place: number, node: OpNode, items: ItemList): void {
  const other = items.at(place);
  if (other?.kind !== "loop" || place >= homePlace || !sameShape(other.shape, home.shape)) return;
  if (!node.inputs.some((x) => isComputedIn(other, x))) return;
  const readers = home.nodes.flatMap((n) => n.inputs).filter((x) => items.placeOf(x) === place);
  if (!readers.every((x) => isComputedIn(other, x)) || items.isReadBetween(other.nodes, place, homePlace)) return;
  const moved = other.nodes;
  home.nodes = [...moved, ...home.nodes].sort((a, b) => a.id - b.id);
  for (const n of moved) items.joined(n, homePlace);
  items.remove(place);
}

/** For a node that could be moved into another item: it is alone in its loop. */
export function isAlone(node: Node, items: ItemList): node is OpNode {
  const item = node === owner(node) ? items.itemOf(node) : undefined;
  return item?.kind === "loop" && item.nodes.length === 1;
}
