import { type Graph, inputsOf, type Node } from "../trace/graph.ts";

/** Who reads what, views included. */
export class Users {
  private readonly byNode: ReadonlyMap<Node, readonly Node[]>;
  private readonly roots: ReadonlySet<Node>;

  constructor(graph: Graph) {
    const byNode = new Map<Node, Node[]>();
    for (const node of graph.nodes) {
      for (const input of inputsOf(node)) {
        const known = byNode.get(input);
        if (!known) byNode.set(input, [node]);
        else if (known.at(-1) !== node) known.push(node); // once, though it may read it twice
      }
    }
    this.byNode = byNode;
    this.roots = new Set([...graph.outputs, ...graph.assignments.map(({ value }) => value)]);
  }

  of(node: Node): readonly Node[] {
    return this.byNode.get(node) ?? [];
  }

  /** Whether the value is wanted after the program. */
  isRoot(node: Node): boolean {
    return this.roots.has(node);
  }

  /** The only reader of a value that nobody wants afterwards. */
  only(node: Node): Node | undefined {
    const users = this.of(node);
    return users.length === 1 && !this.isRoot(node) ? users[0] : undefined;
  }
}
