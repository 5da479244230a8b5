import { type Item, nodesOf, owner } from "../fuse/item.ts";
import type { Users } from "../fuse/users.ts";
import type { Node } from "../trace/graph.ts";
import { readersOf, type Writes } from "./in-place.ts";
import { type Traffic, trafficOf } from "./traffic.ts";

/** Items that run one after the other, for each picture in turn if there are pictures. */
export interface Step {
  readonly items: Item[];
  /** 0: the items run once. */
  readonly pictures: number;
}

export interface Schedule {
  readonly steps: readonly Step[];
  readonly traffic: ReadonlyMap<Item, Traffic>;
}

/** Orders the items so that per-picture ones are neighbours, and gives neighbours one loop over the pictures. */
export function schedule(items: readonly Item[], users: Users, writes: Writes): Schedule {
  const traffic = new Map(items.map((item) => [item, trafficOf(item, users, writes.inPlace)]));
  const steps: Step[] = [];
  for (const item of order(items, traffic, writes)) {
    const { pictures } = traffic.get(item)!;
    const last = steps.at(-1);
    if (last && pictures > 0 && last.pictures === pictures && followsEachPicture(item, last, traffic))
      last.items.push(item);
    else steps.push({ items: [item], pictures });
  }
  // A loop over pictures around one pass over memory gains nothing.
  const isLoneLoop = ({ items }: Step) => items.length === 1 && items[0]!.kind === "loop";
  return { steps: steps.map((step) => (isLoneLoop(step) ? { ...step, pictures: 0 } : step)), traffic };
}

/** Whether the item needs of the step's results no more than those of the same picture. */
function followsEachPicture(item: Item, step: Step, traffic: ReadonlyMap<Item, Traffic>): boolean {
  const written = new Map(
    step.items.flatMap((other) => traffic.get(other)!.writes).map(({ node, perPicture }) => [node as Node, perPicture]),
  );
  return traffic.get(item)!.reads.every(({ node, perPicture }) => {
    const ofPicture = written.get(owner(node));
    return ofPicture === undefined || (ofPicture && perPicture);
  });
}

/** Kahn's algorithm. Among the items that are ready, one that continues the loop over pictures goes first, else the first recorded. */
function order(items: readonly Item[], traffic: ReadonlyMap<Item, Traffic>, writes: Writes): Item[] {
  const producer = new Map<Node, Item>(items.flatMap((item) => nodesOf(item).map((node) => [node, item] as const)));
  const waitsFor = new Map<Item, Set<Item>>(items.map((item) => [item, new Set()]));
  for (const item of items) {
    for (const { node } of traffic.get(item)!.reads) {
      const other = producer.get(owner(node));
      if (other) waitsFor.get(item)!.add(other);
    }
  }
  for (const [value, state] of writes.inPlace) {
    const writer = producer.get(value)!;
    for (const reader of readersOf(state, items, writer)) waitsFor.get(writer)!.add(reader);
  }
  const ordered: Item[] = [];
  const waiting = new Set(items);
  let pictures = 0;
  while (waiting.size > 0) {
    const ready = [...waiting].filter((item) => [...waitsFor.get(item)!].every((other) => !waiting.has(other)));
    const next = ready.find((item) => traffic.get(item)!.pictures === pictures) ?? ready[0]!;
    pictures = traffic.get(next)!.pictures;
    ordered.push(next);
    waiting.delete(next);
  }
  return ordered;
}
