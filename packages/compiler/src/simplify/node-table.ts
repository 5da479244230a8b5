import { type DType, type Op, type Shape, UsageError } from "@pointwise/tensor";
import type { InputNode, Node, OpNode, StateNode } from "../trace/graph.ts";
import { identity } from "../trace/identity.ts";

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

/** JSON, with the numbers that JSON lacks. */
export function writeAttributes(op: string, attrs: unknown): string {
  if (attrs === undefined) return "";
  return JSON.stringify(attrs, (name, value) => {
    if (typeof value === "number") return writeNumber(value);
    if (typeof value === "function" || typeof value === "symbol") {
      throw new UsageError(
        `compile: the attribute "${name}" of the op ${op} is a ${typeof value}. Attributes must be plain data (numbers, text, arrays), since equal ` +
          "attributes must mean equal results.",
      );
    }
    return value;
  });
}

const writeNumber = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? "-0" : String(value);
