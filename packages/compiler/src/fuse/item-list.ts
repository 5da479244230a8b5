import type { KernelLowering } from "../lowerings/lowering.ts";
import { isLeaf, type Node, type OpNode } from "../trace/graph.ts";
import { type Item, nodesOf, owner } from "./item.ts";

/** Items in the order in which they will run, and where each node is computed. */
export class ItemList {
  private readonly items: (Item | undefined)[] = [];
  private readonly places = new Map<Node, number>();

  toArray(): Item[] {
    return this.items.filter((item) => item !== undefined);
  }

  /** The place of the last group of scalars; -1 before the first. */
  lastScalars = -1;

  add(item: Item): void {
    this.items.push(item);
    if (item.kind === "scalars") this.lastScalars = this.items.length - 1;
    for (const node of nodesOf(item)) this.places.set(node, this.items.length - 1);
  }

  /** An item of its own, or the company of a kernel that computes this op along. */
  placeKernel(node: OpNode, lowering: KernelLowering): void {
    for (const user of this.items) {
      if (user?.kind !== "kernel" || user.mate || !user.lowering.isMate?.(user.main, node)) continue;
      user.mate = node;
      this.places.set(node, this.places.get(user.main)!);
      return;
    }
    this.add({ kind: "kernel", lowering, main: node, mate: undefined, epilogue: [] });
  }

  /** The place of the item that computes a value; -1 for what is there when the program starts. */
  placeOf(node: Node): number {
    const at = owner(node);
    return isLeaf(at) ? -1 : this.places.get(at)!;
  }

  at(place: number): Item | undefined {
    return place < 0 ? undefined : this.items[place];
  }

  itemOf(node: Node): Item | undefined {
    return this.at(this.placeOf(node));
  }

  /** The place of the item that computes a value; `undefined` if none does yet. */
  knownPlaceOf(node: Node): number | undefined {
    return this.places.get(owner(node));
  }

  /** Records that a node has joined the item at a place. */
  joined(node: OpNode, place: number): void {
    this.places.set(node, place);
  }

  /** Takes an item out, whose nodes go elsewhere. */
  remove(place: number): void {
    this.items[place] = undefined;
  }

  /** Whether an item between two places (exclusively) reads one of the nodes. */
  isReadBetween(nodes: readonly OpNode[], after: number, before: number): boolean {
    const wanted = new Set<Node>(nodes);
    for (let place = after + 1; place < before; place++) {
      const item = this.items[place];
      if (item && nodesOf(item).some((node) => node.inputs.some((x) => wanted.has(owner(x))))) return true;
    }
    return false;
  }
}
