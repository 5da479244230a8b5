import type { DType, Op, Shape } from "@pointwise/tensor";
import type { InputNode, Node, OpNode, StateNode } from "../trace/graph.ts";
import { identity } from "../trace/identity.ts";
import { writeAttributes, writeNumber } from "../trace/write-attributes.ts";

/** Nodes of a new graph. The same op on the same inputs with the same attributes is one node: a common subexpression. */
export class NodeTable {
  readonly nodes: Node[] = [];
  private readonly byKey = new Map<string, Node>();

  leaf(node: InputNode | StateNode): Node {
    return this.add({ ...node, id: this.nodes.length });
  }

  constant(value: number, dtype: DType): Node {
    const key = `constant ${dtype} ${writeNumber(value)}`;
    return this.once(key, () => ({ kind: "constant", id: this.nodes.length, shape: [], dtype, value }));
  }

  op<A>(op: Op<A>, inputs: readonly Node[], attrs: A, shape: Shape, dtype: DType): OpNode {
    const key = `${identity(op)}(${inputs.map((x) => x.id)})${writeAttributes(op.name, attrs)}${shape} ${dtype}`;
    // Nodes hold ops of all kinds of attributes; they come back together, as they were put in. A key has one kind of node.
    return this.once(key, () => this.make(op as Op, inputs, attrs, shape, dtype)) as OpNode;
  }

  private make(op: Op, inputs: readonly Node[], attrs: unknown, shape: Shape, dtype: DType): Node {
    return { kind: "op", id: this.nodes.length, op, attrs, inputs, shape, dtype };
  }

  private once(key: string, make: () => Node): Node {
    const known = this.byKey.get(key);
    if (known) return known;
    const node = this.add(make());
    this.byKey.set(key, node);
    return node;
  }

  private add(node: Node): Node {
    this.nodes.push(node);
    return node;
  }
}
