import type { OpNode } from "../trace/graph.ts";
import { kernelOf } from "./kernel-of.ts";
import type { KernelLowering, Kernels } from "./lowering.ts";

const registered = new Map<string, KernelLowering>();
const missed = new Set<string>();

/**
 * Lets programs that are compiled from here on use these kernels. `@pointwise/compiler` registers all there are; a page that must be small takes
 * `@pointwise/compiler/core`, which registers none, and the families that its model needs.
 */
export function useKernels(...families: readonly Kernels[]): void {
  for (const [name, lowering] of families.flatMap((family) => Object.entries(family))) registered.set(name, lowering);
}

/**
 * The kernel for a node, if there is one that covers it. Elementwise ops and reductions need none: loops are made of their expressions.
 * Of an op that asks for a kernel that nobody registered, a warning tells once.
 */
export function loweringOf(node: OpNode): KernelLowering | undefined {
  const name = kernelOf(node);
  if (name === undefined) return undefined;
  const lowering = registered.get(name);
  if (!lowering) warn(node.op.name, name);
  return lowering?.accepts(node) ? lowering : undefined;
}

function warn(op: string, kernel: string): void {
  if (missed.has(kernel)) return;
  missed.add(kernel);
  console.warn(
    `compile: ${op} asks for the kernel "${kernel}", which is not registered, so its JavaScript reference runs inside the program, much slower. ` +
      `Before compiling, call useKernels with the family that has it, as in useKernels(convKernels), or import compile from "@pointwise/compiler", ` +
      "which registers all kernels. If the op is your own, check the name.",
  );
}
