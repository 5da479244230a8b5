import { sizeOf } from "@pointwise/tensor";
import { isReduction, type LoopItem } from "../fuse/item.ts";
import { usesIndex } from "../simplify/fold-constants.ts";
import type { Node, OpNode } from "../trace/graph.ts";

/** What a loop reads, computes and stores, each in a fixed order. */
export interface LoopParts {
  /** Single numbers that it reads. */
  readonly scalars: readonly Node[];
  /** Arrays that it reads. */
  readonly arrays: readonly Node[];
  /** What it computes for each element. */
  readonly computed: readonly OpNode[];
  /** Those of them that others need. */
  readonly outputs: readonly OpNode[];
  readonly reductions: readonly OpNode[];
  /** The number of a value, counted through scalars, arrays and computed ones. */
  readonly values: ReadonlyMap<Node, number>;
  /** Whether a value depends on the place of its element. */
  readonly indexed: boolean;
}

export function loopParts({ nodes }: LoopItem, stored: ReadonlySet<Node>): LoopParts {
  const inside = new Set<Node>(nodes);
  const external = [...new Set(nodes.flatMap((node) => node.inputs))].filter(
    (x) => !inside.has(x) && x.kind !== "constant",
  );
  const isScalar = (x: Node) => sizeOf(x.shape) === 1;
  const [scalars, arrays] = [external.filter(isScalar), external.filter((x) => !isScalar(x))];
  const computed = nodes.filter((node) => !isReduction(node));
  return {
    ...{ scalars, arrays, computed },
    outputs: computed.filter((node) => stored.has(node)),
    reductions: nodes.filter(isReduction),
    values: new Map<Node, number>([...scalars, ...arrays, ...computed].map((node, i) => [node, i])),
    indexed: computed.some(({ op, attrs, inputs }) => op.kind === "elementwise" && usesIndex(op, attrs, inputs.length)),
  };
}
