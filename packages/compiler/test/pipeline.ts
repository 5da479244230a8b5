import { type Tensor, trace } from "@pointwise/tensor";
import "../src/index.ts"; // registers the kernels
import { fuse } from "../src/fuse/fuse.ts";
import { type Item, nodesOf, owner } from "../src/fuse/item.ts";
import { Users } from "../src/fuse/users.ts";
import { ProgramHeap } from "../src/memory/heap.ts";
import { takeApart } from "../src/outputs.ts";
import { planMemory } from "../src/plan/memory-plan.ts";
import { Dependencies } from "../src/schedule/dependencies.ts";
import { planWrites, type Writes } from "../src/schedule/in-place.ts";
import { type Schedule, schedule } from "../src/schedule/schedule.ts";
import { simplify } from "../src/simplify/simplify.ts";
import type { Graph, Node } from "../src/trace/graph.ts";
import { Recorder } from "../src/trace/recorder.ts";

/** What a function becomes for arguments of the types of these. */
export function graphOf<A extends readonly Tensor[]>(f: (...args: A) => unknown, args: A): Graph {
  const recorder = new Recorder();
  // Placeholders for the arguments, one each.
  const inputs = args.map(({ shape, dtype }) => recorder.input(shape, dtype)) as readonly Tensor[] as A;
  const traced = trace(recorder, () => takeApart(f(...inputs), (x) => recorder.isConstant(x)).traced);
  return simplify(recorder.finish(traced));
}

export interface Scheduled extends Schedule {
  readonly graph: Graph;
  readonly writes: Writes;
}

/** A graph up to where memory is planned. */
export function scheduled(graph: Graph): Scheduled {
  const users = new Users(graph);
  const dependencies = new Dependencies(fuse(graph, users));
  const writes = planWrites(graph, dependencies);
  return { graph, writes, ...schedule(dependencies, users, writes) };
}

/** A plan, with working memory for each item as if it were a kernel that needs some. */
export function planOf({ graph, writes, ...schedule }: Scheduled, scratchBytes = 0) {
  const items = schedule.steps.flatMap((step) => step.items);
  const scratch = new Map(items.map((item, i) => [item, { panels: scratchBytes * (1 + (i % 3)) }]));
  const heap = new ProgramHeap();
  const plan = planMemory(graph, schedule, writes, scratch, heap, () => 0);
  return { ...plan, scratch };
}

/** What an item reads, views resolved, its own values included. */
export const readsOf = (item: Item): Node[] => nodesOf(item).flatMap((node) => node.inputs.map(owner));

/** A graph as text: arguments are a, b, …; states s0, s1, …; a value is the expression of it, named $0, $1, … where it is used more than once. */
export function expressions({ nodes, outputs, assignments }: Graph): string[] {
  const states = nodes.filter((node) => node.kind === "state");
  const uses = new Map<Node, number>();
  for (const node of nodes) if (node.kind === "op") for (const x of node.inputs) uses.set(x, (uses.get(x) ?? 0) + 1);
  for (const x of [...outputs, ...assignments.map(({ value }) => value)]) uses.set(x, (uses.get(x) ?? 0) + 1);
  const named: Node[] = [];
  const lines: string[] = [];
  const name = (node: Node): string => {
    if (node.kind === "input") return String.fromCharCode(97 + node.index);
    if (node.kind === "state") return `s${states.indexOf(node)}`;
    if (node.kind === "constant") return String(node.value);
    if (uses.get(node) === 1) return expression(node, name);
    if (!named.includes(node)) {
      const line = expression(node, name);
      named.push(node);
      lines.push(`$${named.length - 1} = ${line}`);
    }
    return `$${named.indexOf(node)}`;
  };
  const results = [
    ...assignments.map(({ state, value }) => `${name(state)} ← ${name(value)}`),
    ...outputs.map((node) => name(node)),
  ];
  return [...lines, ...results];
}

function expression(node: Node, name: (node: Node) => string): string {
  if (node.kind !== "op") throw new Error("Only ops are expressions.");
  const inputs = node.inputs.map(name).join(", ");
  return `${node.op.name}${attributes(node.attrs)}(${inputs})`;
}

/** Flags that are set, and lists of numbers. */
function attributes(attrs: unknown): string {
  if (attrs === undefined) return "";
  const shown = Object.entries(attrs as object)
    .filter(([, value]) => value !== false)
    .map(([key, value]) => (value === true ? key : key === "shape" || key === "dims" ? `${value}` : `${key} ${value}`));
  return shown.length > 0 ? `[${shown.join("; ")}]` : "";
}
