import { type Item, nodesOf } from "../fuse/item.ts";
import type { Emitted } from "../program/emit.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Graph, Node } from "../trace/graph.ts";
import { formatBytes, formatFlops, formatNode } from "./format.ts";
import { workOf } from "./work.ts";

/** A program, told from its graph to its kernels. */
export function explain(graph: Graph, schedule: Schedule, emitted: Emitted, engine: string): string {
  const numbers = new Map<Node, number>(graph.nodes.map((node, i) => [node, i]));
  const name = (node: Node) => (node.kind === "constant" ? String(node.value) : `%${numbers.get(node)}`);
  return [
    ...graphLines(graph, name),
    "",
    ...scheduleLines(schedule, name),
    "",
    ...memoryLines(emitted),
    "",
    `Code: ${formatBytes(emitted.bytes.length)} of WebAssembly for ${engine}`,
  ].join("\n");
}

function graphLines({ nodes, outputs, assignments }: Graph, name: (node: Node) => string): string[] {
  return [
    `Graph: ${nodes.length} nodes`,
    ...nodes.filter((node) => node.kind !== "constant").map((node) => `  ${formatNode(node, name)}`),
    ...assignments.map(({ state, value }) => `  ${name(state)} ← ${name(value)}`),
    `  return ${outputs.map(name).join(", ")}`,
  ];
}

function scheduleLines({ steps, traffic }: Schedule, name: (node: Node) => string): string[] {
  let total = 0;
  const lines = steps.flatMap(({ items, pictures }) => {
    const inner = items.map((item) => {
      const { flops, bytes } = workOf(item, traffic.get(item)!);
      total += flops;
      const sizes = nodesOf(item).at(-1)!.shape.join(", ");
      const what = `${describe(item)} → ${name(nodesOf(item).at(-1)!)} [${sizes}]`;
      return `${what}: ${formatFlops(flops)}, ${formatBytes(bytes)}`;
    });
    return pictures > 0
      ? [`  for each of ${pictures} pictures:`, ...inner.map((line) => `    ${line}`)]
      : inner.map((line) => `  ${line}`);
  });
  return [`Schedule: ${steps.length} steps, ${formatFlops(total)} a call`, ...lines];
}

function describe(item: Item): string {
  const names = nodesOf(item).map((node) => node.op.name);
  switch (item.kind) {
    case "kernel":
      return names.join(" + ");
    case "loop":
      return `loop: ${names.join(" + ")}`;
    case "scalars":
      return `scalars: ${names.join(" + ")}`;
    case "reference":
      return `in JavaScript: ${names.join(" + ")}`;
  }
}

function memoryLines({ plan }: Emitted): string[] {
  const inLoop = plan.buffers.filter(({ onePicture }) => onePicture).length;
  return [
    `Memory: ${formatBytes(plan.bytes)} for ${plan.buffers.length} arrays and working memory (${formatBytes(plan.bytesWithoutReuse)} for the arrays alone if none ` +
      `shared its place; ${inLoop} are as large as one picture), ${formatBytes(plan.stateBytes)} of state`,
  ];
}
