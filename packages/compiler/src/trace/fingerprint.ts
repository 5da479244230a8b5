import type { Graph, Node } from "./graph.ts";
import { identity } from "./identity.ts";
import { writeAttributes, writeNumber } from "./write-attributes.ts";

const fingerprints = new WeakMap<Graph, string>();

/** A text that two graphs share if they are the same function of the same tensors. */
export function fingerprint(graph: Graph): string {
  let text = fingerprints.get(graph);
  if (text === undefined) {
    text = write(graph);
    fingerprints.set(graph, text);
  }
  return text;
}

function write(graph: Graph): string {
  const position = new Map<Node, number>(graph.nodes.map((node, i) => [node, i]));
  const at = (nodes: readonly Node[]) => nodes.map((node) => position.get(node)).join();
  const lines = graph.nodes.map((node) => `${what(node, at)} ${node.dtype}[${node.shape}]`);
  const writes = graph.assignments.map(({ state, value }) => `${position.get(state)}=${position.get(value)}`);
  return [...lines, `return ${at(graph.outputs)}`, ...writes].join("\n");
}

function what(node: Node, at: (nodes: readonly Node[]) => string): string {
  switch (node.kind) {
    case "input":
      return `input ${node.index}`;
    case "state":
      return `state ${identity(node.storage)}`;
    case "constant":
      return `constant ${writeNumber(node.value)}`;
    case "op":
      return `${identity(node.op)} ${at(node.inputs)} ${writeAttributes(node.op.name, node.attrs)}`;
  }
}
