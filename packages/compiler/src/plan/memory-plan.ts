import { bytesPerElement, sizeOf } from "@pointwise/tensor";
import { type Item, owner } from "../fuse/item.ts";
import { align, type ProgramHeap } from "../memory/heap.ts";
import type { Writes } from "../schedule/in-place.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Graph, Node } from "../trace/graph.ts";
import { packIntervals } from "./pack.ts";

/** An array in the arena. */
export interface ArenaBuffer {
  readonly node: Node;
  /** With one picture's part only, if nobody needs more at a time. */
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  readonly onePicture: boolean;
}

/** Where everything lies. */
export interface MemoryPlan {
  readonly buffers: readonly ArenaBuffer[];
  /** Of the arena. */
  readonly bytes: number;
  /** What the arena would take if nothing shared memory. */
  readonly bytesWithoutReuse: number;
  readonly stateBytes: number;
  /** The address of a node's values, or of the first picture's. */
  addressOf(node: Node): number;
  /** How far the values of one picture are from those of the next, in bytes; 0 where only one is kept. */
  pictureStride(node: Node, pictures: number): number;
  scratchOf(item: Item): Readonly<Record<string, number>>;
}

/** Working memory of items, by name. */
export type ScratchSizes = ReadonlyMap<Item, Readonly<Record<string, number>>>;

export const bytesOf = (node: Node): number => sizeOf(node.shape) * bytesPerElement(node.dtype);

/** Decides what lies where. Arrays and working memory of a step may take the place of those that no later step needs. */
export function planMemory(
  graph: Graph,
  { steps, traffic }: Schedule,
  writes: Writes,
  scratch: ScratchSizes,
  heap: ProgramHeap,
  acquireArena: (bytes: number) => number,
): MemoryPlan {
  const home = (node: Node): Node => {
    const at = owner(node);
    return writes.inPlace.get(at) ?? at;
  };
  const uses = new Map<Node, { from: number; to: number; steps: Set<number>; perPicture: boolean }>();
  const use = (node: Node, step: number, perPicture: boolean) => {
    const at = home(node);
    if (at.kind === "state" || at.kind === "constant") return;
    const known = uses.get(at) ?? { from: step, to: step, steps: new Set(), perPicture: true };
    known.from = Math.min(known.from, step);
    known.to = Math.max(known.to, step);
    known.steps.add(step);
    known.perPicture &&= perPicture;
    uses.set(at, known);
  };
  for (const input of graph.inputs) use(input, -1, false);
  steps.forEach(({ items, pictures }, step) => {
    for (const item of items) {
      const { reads, writes } = traffic.get(item)!;
      for (const { node, perPicture } of [...reads, ...writes]) use(node, step, perPicture && pictures > 0);
    }
  });
  for (const output of graph.outputs) use(output, steps.length, false);
  for (const { value } of writes.copies) use(value, steps.length, false);

  const buffers: ArenaBuffer[] = [...uses].map(([node, { from, to, steps: used, perPicture }]) => {
    const onePicture = perPicture && used.size === 1;
    const bytes = align(onePicture ? bytesOf(node) / steps[from]!.pictures : bytesOf(node));
    return { node, bytes, from, to, onePicture };
  });
  const scratchParts = steps.flatMap(({ items }, step) =>
    items.flatMap((item) =>
      Object.entries(scratch.get(item) ?? {}).map(([name, bytes]) => ({
        item,
        name,
        bytes: align(bytes),
        from: step,
        to: step,
      })),
    ),
  );
  const offsets = new Map<Node, number>();
  const scratchOffsets = new Map<Item, Record<string, number>>();
  const bytes = packIntervals([...buffers, ...scratchParts], (interval, offset) => {
    if ("node" in interval) offsets.set(interval.node, offset);
    else scratchOffsets.set(interval.item, { ...scratchOffsets.get(interval.item), [interval.name]: offset });
  });
  const arena = acquireArena(bytes);
  const states = graph.nodes.filter((node) => node.kind === "state");
  const single = new Set<Node>(buffers.filter(({ onePicture }) => onePicture).map(({ node }) => node));
  return {
    buffers,
    bytes,
    bytesWithoutReuse: [...uses.keys()].reduce((sum, node) => sum + align(bytesOf(node)), 0),
    stateBytes: states.reduce((sum, node) => sum + bytesOf(node), 0),
    addressOf: (node) => {
      const at = home(node);
      return at.kind === "state" ? heap.home(at.storage) : arena + offsets.get(at)!;
    },
    pictureStride: (node, pictures) => (single.has(home(node)) ? 0 : bytesOf(home(node)) / pictures),
    scratchOf: (item) =>
      Object.fromEntries(
        Object.entries(scratchOffsets.get(item) ?? {}).map(([name, offset]) => [name, arena + offset]),
      ),
  };
}
