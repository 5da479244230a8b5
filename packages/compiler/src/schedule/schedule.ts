import { type Item, owner } from "../fuse/item.ts";
import type { Users } from "../fuse/users.ts";
import type { Node } from "../trace/graph.ts";
import type { Dependencies } from "./dependencies.ts";
import type { Writes } from "./in-place.ts";
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
export function schedule(dependencies: Dependencies, users: Users, writes: Writes): Schedule {
  const traffic = new Map(dependencies.items.map((item) => [item, trafficOf(item, users, writes.inPlace)]));
  const steps: Step[] = [];
  for (const item of order(dependencies, traffic, writes)) {
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
function order(dependencies: Dependencies, traffic: ReadonlyMap<Item, Traffic>, writes: Writes): Item[] {
  const { items } = dependencies;
  const waitsFor = new Map<Item, Set<Item>>(items.map((item) => [item, new Set()]));
  for (const item of items) {
    for (const { node } of traffic.get(item)!.reads) {
      const other = dependencies.producerOf(node);
      if (other) waitsFor.get(item)!.add(other);
    }
  }
  for (const [value, state] of writes.inPlace) {
    const writer = dependencies.producerOf(value)!;
    for (const reader of dependencies.readersOf(state)) if (reader !== writer) waitsFor.get(writer)!.add(reader);
  }
  const ordered: Item[] = [];
  const waiting = new Set(items);
  const isReady = (item: Item): boolean => {
    for (const other of waitsFor.get(item)!) if (waiting.has(other)) return false;
    return true;
  };
  let pictures = 0;
  while (waiting.size > 0) {
    let next: Item | undefined;
    for (const item of waiting) {
      const continues = traffic.get(item)!.pictures === pictures;
      if ((next && !continues) || !isReady(item)) continue;
      next = item;
      if (continues) break;
    }
    pictures = traffic.get(next!)!.pictures; // there always is one: the items came in an order that works
    ordered.push(next!);
    waiting.delete(next!);
  }
  return ordered;
}
