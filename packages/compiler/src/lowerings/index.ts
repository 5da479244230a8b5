import { matmulOp } from "@pointwise/tensor";
import type { OpNode } from "../trace/graph.ts";
import type { KernelLowering } from "./lowering.ts";
import { matmulLowering } from "./matmul.ts";

/** Kernels by op. Elementwise ops and reductions need none: loops are made of their expressions. */
const lowerings = new Map<unknown, KernelLowering>([[matmulOp, matmulLowering]]);

/** The kernel for a node, if there is one that covers it. */
export function loweringOf(node: OpNode): KernelLowering | undefined {
  const lowering = lowerings.get(node.op);
  return lowering?.accepts(node) ? lowering : undefined;
}
