import { type Item, nodesOf, owner } from "../fuse/item.ts";
import type { Node } from "../trace/graph.ts";

/** Who computes what, and who reads it. */
export class Dependencies {
  readonly items: readonly Item[];
  private readonly producers = new Map<Node, Item>();
  private readonly readers = new Map<Node, Item[]>();

  constructor(items: readonly Item[]) {
    this.items = items;
    for (const item of items) {
      for (const node of nodesOf(item)) {
        this.producers.set(node, item);
        for (const input of node.inputs) {
          const at = owner(input);
          const known = this.readers.get(at);
          if (!known) this.readers.set(at, [item]);
          else if (known.at(-1) !== item) known.push(item);
        }
      }
    }
  }

  /** The item that computes a value; none for what is there when the program starts. */
  producerOf(node: Node): Item | undefined {
    return this.producers.get(owner(node));
  }

  readersOf(node: Node): readonly Item[] {
    return this.readers.get(owner(node)) ?? [];
  }
}
