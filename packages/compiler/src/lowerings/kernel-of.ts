import type { Node } from "../trace/graph.ts";

/** The name of the kernel that computes a node, where its op has one. Ops of one kernel have the same attributes and meaning. */
export const kernelOf = (node: Node): string | undefined =>
  node.kind === "op" && node.op.kind === "kernel" ? node.op.kernel : undefined;
