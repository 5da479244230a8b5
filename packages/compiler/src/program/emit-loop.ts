import { sizeOf } from "@pointwise/tensor";
import {
  type Address,
  elementwiseLoop,
  type FunctionBuilder,
  fill,
  type KernelContext,
  type Lanes,
  type LoopSpec,
  type SimdAlgebra,
} from "@pointwise/wasm";
import type { LoopItem } from "../fuse/item.ts";
import { elementType, sumType } from "../lowerings/element-type.ts";
import type { Node, OpNode } from "../trace/graph.ts";
import { applyElementwise } from "./apply-elementwise.ts";
import { type LoopParts, loopParts } from "./loop-parts.ts";
import type { Phase } from "./phase.ts";

/** The pass over memory that computes a loop's nodes; `stored` are those that others need. */
export function emitLoop(
  context: KernelContext,
  f: FunctionBuilder,
  item: LoopItem,
  stored: ReadonlySet<Node>,
  phase: Phase,
): void {
  elementwiseLoop(context, f, loopSpec(item, loopParts(item, stored), phase));
}

/** Gives sums their initial values: those over all pictures before the loop over pictures, the others for each picture. */
export function startReductions(
  context: KernelContext,
  f: FunctionBuilder,
  item: LoopItem,
  phase: Phase,
  perPicture: boolean,
): void {
  for (const node of item.nodes) {
    if (node.op.kind !== "reduce" || phase.isPerPicture(node) !== perPicture) continue;
    const count = sizeOf(node.shape) / (perPicture ? phase.pictures : 1);
    fill(context, f, { type: sumType(node), count, value: initialOf(node) }, phase.place(node));
  }
}

function loopSpec({ shape }: LoopItem, parts: LoopParts, phase: Phase): LoopSpec {
  const { values } = parts;
  // Within a loop over pictures, the first dimension is the picture's and not walked.
  const first = phase.pictures > 0 ? 1 : 0;
  const dimensions = shape.slice(first);
  const varies = (x: Node) => {
    const lead = shape.length - x.shape.length;
    return shape.map((size, i) => size > 1 && i >= lead && x.shape[i - lead] === size).slice(first);
  };
  return {
    sizes: dimensions,
    ...elementwisePart(parts, (node) => phase.place(node), varies),
    reductions: parts.reductions.map((node) => reduction(node, values, phase, varies(node))),
    firstIndex: parts.indexed ? phase.firstElement(sizeOf(dimensions)) : undefined,
  };
}

/** All of a loop but its sizes and its folds. */
export function elementwisePart(
  { scalars, arrays, computed, outputs, values }: LoopParts,
  place: (node: Node) => Address,
  varies: (node: Node) => readonly boolean[],
): Pick<LoopSpec, "scalars" | "inputs" | "steps" | "outputs"> {
  return {
    scalars: scalars.map((node) => ({ type: node.dtype, address: place(node) })),
    inputs: arrays.map((node) => ({ type: elementType(node), address: place(node), varies: varies(node) })),
    steps: computed.map((node) => step(node, values)),
    outputs: outputs.map((node) => ({ type: elementType(node), address: place(node), value: values.get(node)! })),
  };
}

function step(node: OpNode, values: ReadonlyMap<Node, number>): LoopSpec["steps"][number] {
  const { inputs } = node;
  return {
    inputs: inputs.filter((x) => x.kind !== "constant").map((x) => values.get(x)!),
    apply: (k: SimdAlgebra, ...x: Lanes[]) => {
      let next = 0;
      const operands = inputs.map((input) => (input.kind === "constant" ? k.c(input.value) : x[next++]!));
      return applyElementwise(k, node, operands);
    },
  };
}

function reduction(
  node: OpNode,
  values: ReadonlyMap<Node, number>,
  phase: Phase,
  varies: readonly boolean[],
): LoopSpec["reductions"][number] {
  const { op } = node;
  if (op.kind !== "reduce") throw new Error(`compile: ${op.name} is no reduction.`);
  return {
    type: sumType(node),
    address: phase.place(node),
    varies,
    value: values.get(node.inputs[0]!)!,
    initial: initialOf(node),
    combine: (k, accumulator, x) => op.combine<Lanes>(k, accumulator, x),
  };
}

/** What a fold starts from; for integers, the nearest that there is. */
function initialOf({ op, dtype }: OpNode): number {
  if (op.kind !== "reduce") throw new Error(`compile: ${op.name} is no reduction.`);
  return dtype === "int32" ? Math.min(Math.max(op.initial, -(2 ** 31)), 2 ** 31 - 1) : op.initial;
}
