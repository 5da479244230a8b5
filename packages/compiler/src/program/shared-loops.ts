import { sameShape, sizeOf } from "@pointwise/tensor";
import { at, elementwiseLoop, type FunctionBuilder, type KernelContext } from "@pointwise/wasm";
import type { Item, LoopItem } from "../fuse/item.ts";
import type { MemoryPlan } from "../plan/memory-plan.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Node } from "../trace/graph.ts";
import { identity } from "../trace/identity.ts";
import { writeAttributes, writeNumber } from "../trace/write-attributes.ts";
import { elementwisePart } from "./emit-loop.ts";
import { type LoopParts, loopParts } from "./loop-parts.ts";

/** A loop whose code does not depend on where its arrays lie. */
interface Shareable {
  readonly parts: LoopParts;
  /** What else its code depends on, as text. */
  readonly key: string;
  /** Where its scalars, arrays and outputs lie, each place once. */
  readonly places: readonly number[];
  readonly turns: number;
  readonly rest: number;
}

type SharedFunction = FunctionBuilder<readonly "i32"[], never>;

/**
 * Loops that compute the same of arrays that lie elsewhere and are longer or shorter have one function, which is told where and how long: the
 * updates of an optimizer, above all. Written once, they take less of the time of compiling.
 */
export class SharedLoops {
  private readonly context: KernelContext;
  private readonly plan: MemoryPlan;
  private readonly loops = new Map<Item, Shareable>();
  private readonly functions = new Map<string, SharedFunction>();

  constructor(context: KernelContext, { steps, traffic }: Schedule, plan: MemoryPlan) {
    this.context = context;
    this.plan = plan;
    const loops = steps.flatMap(({ items, pictures }) => (pictures > 0 ? [] : items)).filter((x) => x.kind === "loop");
    const ops = (loop: LoopItem) => loop.nodes.map(({ op }) => identity(op)).join();
    for (const alike of groupsOf(loops, ops)) {
      const shareable = new Map<LoopItem, Shareable>();
      for (const item of alike) {
        const stored = new Set<Node>(traffic.get(item)!.writes.map(({ node }) => node));
        const loop = shareableLoop(item, loopParts(item, stored), plan, 4 * context.engine.unroll);
        if (loop) shareable.set(item, loop);
      }
      for (const group of groupsOf([...shareable.keys()], (item) => shareable.get(item)!.key)) {
        for (const item of group) this.loops.set(item, shareable.get(item)!);
      }
    }
  }

  /** Writes the call of the function that the loop shares with others. @returns whether there is one */
  call(f: FunctionBuilder, item: LoopItem): boolean {
    const loop = this.loops.get(item);
    if (!loop) return false;
    let shared = this.functions.get(loop.key);
    if (!shared) {
      shared = this.write(loop);
      this.functions.set(loop.key, shared);
    }
    f.call(shared, ...[...loop.places, loop.turns].map((x) => f.i32.const(x)));
    return true;
  }

  private write({ parts, places, rest }: Shareable): SharedFunction {
    const params = new Array<"i32">(places.length + 1).fill("i32");
    const f = this.context.module.function(`shared loop ${this.functions.size}`, { params });
    const place = (node: Node) => at(0, f.args[places.indexOf(this.plan.addressOf(node))]!);
    const part = elementwisePart(parts, place, () => [true]);
    elementwiseLoop(this.context, f, { ...part, reductions: [], turns: f.args[places.length]!, sizes: [rest] });
    return f;
  }
}

/** Those that have a key in common with another, by key. */
function groupsOf<T>(all: readonly T[], keyOf: (x: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const x of all) {
    const key = keyOf(x);
    const group = byKey.get(key);
    if (group) group.push(x);
    else byKey.set(key, [x]);
  }
  return [...byKey.values()].filter((group) => group.length > 1);
}

/** `undefined` for a loop that folds, broadcasts an array, or is so short that a call would show. */
function shareableLoop(item: LoopItem, parts: LoopParts, plan: MemoryPlan, perTurn: number): Shareable | undefined {
  const size = sizeOf(item.shape);
  const turns = Math.floor(size / perTurn);
  const { scalars, arrays, computed, outputs, reductions, values, indexed } = parts;
  if (turns < 2 || reductions.length > 0 || indexed) return undefined;
  if (!arrays.every((x) => sameShape(x.shape, item.shape))) return undefined;
  const used = [...scalars, ...arrays, ...outputs];
  const places = [...new Set(used.map((node) => plan.addressOf(node)))];
  const operand = (x: Node) => (x.kind === "constant" ? `=${writeNumber(x.value)}` : values.get(x));
  const lines = [
    `${size % perTurn} ${scalars.length}`,
    ...used.map((node) => `${node.dtype} at ${places.indexOf(plan.addressOf(node))}`),
    ...computed.map(
      ({ op, attrs, inputs, dtype }) =>
        `${identity(op)}${writeAttributes(op.name, attrs)} ${inputs.map(operand)} ${dtype}`,
    ),
    outputs.map((node) => values.get(node)),
  ];
  return { parts, key: lines.join("\n"), places, turns, rest: size % perTurn };
}
