import { sizeOf } from "@pointwise/tensor";
import { type Item, isReduction, nodesOf, owner } from "../fuse/item.ts";
import type { Users } from "../fuse/users.ts";
import type { Node, OpNode } from "../trace/graph.ts";

export interface Read {
  /** As the item sees it: possibly a view. */
  readonly node: Node;
  /** Whether the item needs no more of it than the current picture's part. */
  readonly perPicture: boolean;
}

export interface Write {
  readonly node: OpNode;
  readonly perPicture: boolean;
}

/** What an item reads from memory and writes to it. */
export interface Traffic {
  /** How many pictures the item can take one at a time; 0 if it cannot. */
  readonly pictures: number;
  readonly reads: readonly Read[];
  readonly writes: readonly Write[];
}

/** @param overwritten values that are written over a state, which a loop does in one go: it may read the old value */
export function trafficOf(item: Item, users: Users, overwritten: ReadonlyMap<Node, Node>): Traffic {
  const inside = new Set<Node>(nodesOf(item));
  const stored = nodesOf(item).filter((node) => users.isRoot(node) || users.of(node).some((user) => !inside.has(user)));
  const inputs = [...new Set(nodesOf(item).flatMap((node) => node.inputs))];
  const external = inputs.filter((x) => x.kind !== "constant" && !inside.has(owner(x)));
  const inOneGo = item.kind === "loop" && stored.some((node) => overwritten.has(node));
  const pictures = inOneGo ? 0 : picturesOf(item);
  const whole = { pictures: 0, reads: external.map(atOnce), writes: stored.map(atOnce) };
  if (pictures === 0) return whole;
  if (item.kind === "kernel") {
    const { lowering, main } = item;
    const position = (x: Node) => main.inputs.indexOf(x);
    return {
      pictures,
      reads: external.map((node) => ({
        node,
        // What only the epilogue reads is as large as the output, or belongs to no picture.
        perPicture:
          position(node) >= 0
            ? (lowering.isPerPicture?.(position(node)) ?? true)
            : sizeOf(node.shape) === sizeOf(main.shape),
      })),
      writes: stored.map((node) => ({ node, perPicture: !lowering.accumulates })),
    };
  }
  if (item.kind !== "loop") return whole;
  const rank = item.shape.length;
  const belongsToPicture = (x: Node) => x.shape.length === rank && x.shape[0] === pictures;
  return {
    pictures,
    reads: external.map((node) => ({ node, perPicture: belongsToPicture(node) })),
    writes: stored.map((node) => ({ node, perPicture: !isReduction(node) || belongsToPicture(node) })),
  };
}

const atOnce = <N extends Node>(node: N) => ({ node, perPicture: false });

/** Loops over maps count as loops over pictures: between two kernels, their arrays then stay in the cache. */
function picturesOf(item: Item): number {
  if (item.kind === "kernel") return item.lowering.pictures?.(item.main) ?? 0;
  return item.kind === "loop" && item.shape.length >= 3 && item.shape[0]! > 1 ? item.shape[0]! : 0;
}
