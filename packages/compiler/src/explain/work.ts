import { sizeOf } from "@pointwise/tensor";
import { type Item, loopShape, nodesOf } from "../fuse/item.ts";
import { bytesOf } from "../plan/memory-plan.ts";
import type { Traffic } from "../schedule/traffic.ts";

/** What one call of an item computes and moves. An elementwise op counts as one operation an element, whatever it is. */
export function workOf(item: Item, { reads, writes }: Traffic): { flops: number; bytes: number } {
  const elementwise = nodesOf(item).filter((node) => item.kind !== "kernel" || node !== item.main);
  const ofKernel = item.kind === "kernel" ? item.lowering.flops(item.main) : 0;
  const flops = elementwise.reduce((sum, node) => sum + sizeOf(loopShape(node)), ofKernel);
  const bytes = [...reads, ...writes].reduce((sum, { node }) => sum + bytesOf(node), 0);
  return { flops, bytes };
}
