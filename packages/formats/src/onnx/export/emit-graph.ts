import type { Builder, Value } from "./builder.ts";
import { type Graph, inputsOf, type Node, type OpNode } from "./graph.ts";
import { emitOp } from "./ops/index.ts";
import { patterns } from "./patterns/index.ts";
import type { Match } from "./patterns/pattern.ts";
import { dependsOnBatch } from "./site.ts";

/** Writes what the output needs, and returns the output. `written` is told of each value. */
export function emitGraph(graph: Graph, b: Builder, written: (value: Value, node: Node) => void): Value {
  const users = usersOf(graph);
  const needed = new Set<Node>([graph.output]);
  const matches = new Map<Node, Match>();
  for (const node of graph.nodes.toReversed()) {
    if (!needed.has(node)) continue;
    const match = node.kind === "op" ? matchOf(node, users) : undefined;
    if (match) matches.set(node, match);
    for (const input of match?.inputs ?? inputsOf(node)) needed.add(input);
  }
  const values = new Map<Node, Value>();
  for (const node of graph.nodes) {
    if (!needed.has(node)) continue;
    const match = matches.get(node);
    const x = (match?.inputs ?? inputsOf(node)).map((input) => values.get(input)!);
    const value = match ? match.emit(x, b) : emit(node, x, b);
    values.set(node, value);
    written(value, node);
  }
  return values.get(graph.output)!;
}

function emit(node: Node, x: readonly Value[], b: Builder): Value {
  switch (node.kind) {
    case "input":
      return b.input;
    case "stored":
      return b.weight(node.tensor);
    case "number": {
      const [value] = node.values;
      if (node.values.every((other) => Object.is(other, value))) return b.scalar(value, node.dtype);
      throw dependsOnBatch("constant", `a number is ${node.values.join(" and ")} for batches of two sizes`);
    }
    case "op":
      return emitOp(node, x, b);
  }
}

/** The first pattern whose intermediate values nothing else needs. */
function matchOf(node: OpNode, users: ReadonlyMap<Node, readonly Node[]>): Match | undefined {
  for (const pattern of patterns) {
    const match = pattern(node);
    if (!match) continue;
    const own = new Set<Node>([node, ...match.inner]);
    if (match.inner.every((inner) => users.get(inner)!.every((user) => own.has(user)))) return match;
  }
  return undefined;
}

/** By what each value that the output depends on is used. */
function usersOf({ nodes, output }: Graph): ReadonlyMap<Node, readonly Node[]> {
  const users = new Map<Node, Node[]>([[output, []]]);
  for (const node of nodes.toReversed()) {
    if (!users.has(node)) continue;
    for (const input of inputsOf(node)) {
      const list = users.get(input);
      if (list) list.push(node);
      else users.set(input, [node]);
    }
  }
  return users;
}
