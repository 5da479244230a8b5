import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sharedHeap } from "../../../../packages/compiler/src/memory/heap.ts";
import { breathe } from "../../src/training/interrupt.ts";
import type { Memory } from "./judge-memory.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Garbage is collected before. */
export async function measureMemory(): Promise<Memory> {
  for (let i = 0; i < 2; i++) {
    collectGarbage();
    await breathe(); // finalizers run, and what only they held goes the second time
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed + arrayBuffers, wasm: sharedHeap().buffer.byteLength, resident: rss };
}
